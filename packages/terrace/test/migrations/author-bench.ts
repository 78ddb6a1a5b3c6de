import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
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
    await installTerrace(folder)
    return folder
  }
}

const declaring = new URL('../../src/sync/migrations/declare-migration.ts', import.meta.url)

/** What a revision imports is found from its folder, as in a project that has the package installed. */
export async function installTerrace(folder: string): Promise<void> {
  const place = join(folder, 'node_modules', 'terrace')
  await mkdir(place, { recursive: true })
  const exports = { './database': './database.js' }
  await writeFile(join(place, 'package.json'), JSON.stringify({ name: 'terrace', type: 'module', exports }))
  await writeFile(join(place, 'database.js'), `export { migration } from '${declaring.href}'\n`)
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
