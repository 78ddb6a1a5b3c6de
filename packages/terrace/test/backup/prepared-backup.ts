import { backupDatabase } from '../../src/connect/index.ts'
import type { EngineUnderTest } from '../support/describe-engines.ts'
import { runStatements } from './run-statements.ts'

export interface PreparedBackup {
  readonly url: string
  readonly file: string
  readonly manifestFile: string
}

const made = new WeakMap<EngineUnderTest, Promise<PreparedBackup>>()

/**
 * A database of two rows, its backup, and a third row since. One for all tests of a block, whose database goes with it: making one
 * takes longest.
 */
export async function prepared(engine: EngineUnderTest, folder: string): Promise<PreparedBackup> {
  const known = made.get(engine) ?? prepare(engine, folder)
  made.set(engine, known)
  const found = await known
  if ((await itemsIn(found.url)) === 2) await runStatements(found.url, `insert into items values (3, 'three')`)
  return found
}

async function prepare(engine: EngineUnderTest, folder: string): Promise<PreparedBackup> {
  const { url } = await engine.fresh()
  await runStatements(
    url,
    'create table items (id integer primary key, name varchar(20))',
    `insert into items values (1, 'one'), (2, 'two')`,
  )
  const { file, manifestFile } = await backupDatabase(url, { folder })
  return { url, file, manifestFile }
}

export async function itemsIn(url: string): Promise<number> {
  return (await runStatements(url, 'select id from items')).length
}
