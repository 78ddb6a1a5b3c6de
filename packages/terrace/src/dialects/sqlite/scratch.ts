import { mkdir, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  isScratchLeftover,
  scratchName,
  type Connection,
  type ScratchDialect,
  type ScratchObject,
} from '../../database/index.ts'
import { errors } from '../../errors/index.ts'
import { doubleQuoteName } from '../../schema/index.ts'

/** Files in the folder for temporary ones, never beside the database: several connections have to reach them. */
export const scratchDialect: ScratchDialect = { make, contents, clear, removeRows }

async function make(): ReturnType<ScratchDialect['make']> {
  await sweep()
  const folder = join(tmpdir(), scratchName())
  try {
    await mkdir(folder, { mode: 0o700 })
  } catch (error) {
    const problem = `${folder} cannot be made (${(error as { readonly code?: string }).code ?? 'see the cause'})`
    const remedy =
      'Let TMPDIR name a folder that may be written, or give an empty database: --scratch sqlite:scratch.db'
    throw errors.SCRATCH_REFUSED({ values: { problem, remedy }, cause: error })
  }
  const file = join(folder, 'scratch.db').replace(/[%?#]/g, encodeURIComponent)
  return { url: `sqlite:${file}`, drop: () => remove(folder) }
}

/** What another user has left there cannot be removed, and is in nobody's way. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!isScratchLeftover(name)) continue
    await remove(join(tmpdir(), name)).catch((error: unknown) => {
      const { code } = error as { readonly code?: string }
      if (code !== 'EACCES' && code !== 'EPERM') throw error
    })
  }
}

function remove(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true })
}

interface SchemaObject extends ScratchObject {
  readonly kind: string
  readonly sqlName: string
  readonly isVirtual: boolean
}

async function contents(connection: Connection): Promise<readonly SchemaObject[]> {
  const sql = `select type, name, sql from sqlite_schema where name not like 'sqlite!_%' escape '!' and type <> 'index'`
  const { rows } = await connection.execute({ sql, parameters: [] })
  return rows.map((row) => {
    const [kind, sqlName] = [String(row['type']), String(row['name'])]
    const isVirtual = /^create\s+virtual\b/i.test(String(row['sql']))
    return { name: `${kind} ${sqlName}`, mayStay: false, kind, sqlName, isVirtual }
  })
}

/** Virtual tables first, which take along what they keep their rows in; triggers go with their tables. */
async function clear(connection: Connection, kept: ReadonlySet<string>): Promise<void> {
  const drop = async (isMeant: (object: SchemaObject) => boolean): Promise<void> => {
    for (const object of await contents(connection))
      if (!kept.has(object.name) && isMeant(object))
        await run(connection, `drop ${object.kind} if exists ${doubleQuoteName(object.sqlName)}`)
  }
  await withoutKeys(connection, async () => {
    await drop(({ kind }) => kind === 'view')
    await drop(({ isVirtual }) => isVirtual)
    await drop(({ kind }) => kind === 'table')
  })
}

async function removeRows(connection: Connection, tables: readonly string[]): Promise<void> {
  if (tables.length === 0) return
  await withoutKeys(connection, async () => {
    await connection.begin({ isolation: 'serializable', readOnly: false })
    try {
      for (const table of tables) await run(connection, `delete from ${doubleQuoteName(table)}`)
      await connection.commit()
    } catch (error) {
      // Within a transaction the switch of the keys would do nothing.
      await connection.rollback()
      throw error
    }
  })
}

async function run(connection: Connection, sql: string): Promise<void> {
  await connection.execute({ sql, parameters: [], returnsRows: false })
}

/** The connection goes back to where others use it. */
async function withoutKeys(connection: Connection, work: () => Promise<void>): Promise<void> {
  await run(connection, 'pragma foreign_keys = off')
  try {
    await work()
  } finally {
    await run(connection, 'pragma foreign_keys = on')
  }
}
