import { openMigrations, type ModelMigrations } from '../../connect/index.ts'
import { lockTimeoutMs } from './lock-timeout-ms.ts'
import type { Project } from './project.ts'

interface Opening {
  readonly flags: { readonly 'lock-timeout': number | undefined }
  readonly project: Project
}

/** Opens the revisions of the project for a piece of work, and closes them. */
export async function withMigrations<T>(
  { flags, project }: Opening,
  work: (migrations: ModelMigrations, url: string) => Promise<T>,
): Promise<T> {
  const { config, scratch } = project
  const url = project.database()
  const models = await project.modelsIfAny()
  const migrations = await openMigrations(url, {
    ...(models === null ? {} : { models }),
    folder: project.migrations,
    production: config.production ?? false,
    ...(scratch === undefined ? {} : { scratch }),
    ...(config.adminDatabase === undefined ? {} : { adminUrl: config.adminDatabase }),
    ...lockTimeoutMs(flags),
  })
  try {
    return await work(migrations, url)
  } finally {
    await migrations.close()
  }
}

/** The same, for work that asks for models. `CLI_MISSING`. */
export async function withModelMigrations<T>(
  opening: Opening,
  work: (migrations: ModelMigrations, url: string) => Promise<T>,
): Promise<T> {
  await opening.project.models()
  return withMigrations(opening, work)
}
