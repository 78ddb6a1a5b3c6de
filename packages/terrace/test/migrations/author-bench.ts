import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { openMigrations, type ModelMigrations, type OpenMigrationsOptions } from '../../src/connect/index.ts'

/** A folder for revisions, removed after the tests of this block. */
export function revisionFolders(): () => Promise<string> {
  const folders: string[] = []
  afterAll(async () => {
    for (const folder of folders) await rm(folder, { recursive: true, force: true })
  })
  return async () => {
    const folder = await mkdtemp(join(tmpdir(), 'terrace-test-migrations-'))
    folders.push(folder)
    return folder
  }
}

/** Opens revisions for one piece of work. */
export async function withMigrations<T>(
  url: string,
  options: OpenMigrationsOptions,
  work: (migrations: ModelMigrations) => Promise<T>,
): Promise<T> {
  const migrations = await openMigrations(url, options)
  try {
    return await work(migrations)
  } finally {
    await migrations.close()
  }
}

/** The error of work that is refused. */
export async function refusalOf(
  work: Promise<unknown>,
): Promise<{ readonly code: string; readonly message: string; readonly remedy: string }> {
  const error: unknown = await work.then(
    () => new Error('it was not refused'),
    (refused: unknown) => refused,
  )
  if (!(error instanceof Error)) throw new Error(String(error))
  const { code = '', remedy = '' } = error as { readonly code?: string; readonly remedy?: string }
  return { code, message: error.message, remedy }
}
