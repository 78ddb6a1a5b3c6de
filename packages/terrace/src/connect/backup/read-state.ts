import type { LiveStructure, TableShape } from '../../schema/index.ts'
import { readApplied, readStructure, StatementRunner, tableSums, type TableSum } from '../../sync/index.ts'
import type { Dialect } from '../dialects.ts'
import { structureDigest } from './structure-digest.ts'
import type { Connection } from '../../database/index.ts'

/** What a connection sees, in short: what manifests keep. */
export interface DatabaseState {
  readonly live: LiveStructure
  readonly server: { readonly product: string; readonly version: string }
  readonly structure: string
  readonly revisions: readonly string[]
  readonly tables: Readonly<Record<string, TableSum>>
}

export interface Reading {
  readonly dialect: Pick<Dialect, 'runtime' | 'schema' | 'backup'>
  readonly database: string
  readonly signal?: AbortSignal | undefined
  readonly progress?: ((done: number, total: number) => void) | undefined
}

/** Everything, in the transaction that the connection is in. */
export async function readState(connection: Connection, reading: Reading): Promise<DatabaseState> {
  const { dialect, signal, progress } = reading
  const runner = new StatementRunner(connection)
  for (const sql of dialect.backup.plainTexts) await runner.run(sql)
  const found = await readFacts(connection, reading)
  const schema = dialect.schema(connection.capabilities)
  const shapes = summedTables(found.live, dialect)
  const tables: Record<string, TableSum> = {}
  for (const [at, shape] of shapes.entries()) {
    signal?.throwIfAborted()
    Object.assign(tables, await tableSums(runner, { schema, runtime: dialect.runtime }, [shape]))
    progress?.(at + 1, shapes.length)
  }
  return { ...found, tables }
}

/** Without the rows. */
export async function readFacts(
  connection: Connection,
  { dialect, database }: Reading,
): Promise<Omit<DatabaseState, 'tables'>> {
  const { product, version } = connection.capabilities
  const runner = new StatementRunner(connection)
  const schema = dialect.schema(connection.capabilities)
  const live = await readStructure(runner, schema)
  const applied = live.hasJournal ? await readApplied(runner, schema) : []
  return {
    live,
    server: { product, version },
    structure: structureDigest(live, database),
    revisions: applied.filter(({ state }) => state === 'done').map(({ revision }) => revision),
  }
}

/** Tables without what is calculated, which follows from the rest and which a dump does not carry, and what cannot be summed. */
export function summedTables({ snapshot }: LiveStructure, { backup }: Reading['dialect']): readonly TableShape[] {
  return Object.values(snapshot.tables).map((table) => ({
    ...table,
    columns: table.columns.filter(({ generated, type }) => generated === null && backup.isSummed(type)),
  }))
}

/** Columns whose values are in no checksum, for a note. */
export function unsummedColumns({ snapshot }: LiveStructure, { backup }: Reading['dialect']): readonly string[] {
  return Object.values(snapshot.tables).flatMap(({ name, columns }) =>
    columns.filter(({ type }) => !backup.isSummed(type)).map((column) => `${name}.${column.name}`),
  )
}
