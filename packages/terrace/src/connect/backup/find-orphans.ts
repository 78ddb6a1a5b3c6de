import type { Connection, IntegrityProblem } from '../../database/index.ts'
import type { ForeignKeyShape, LiveStructure } from '../../schema/index.ts'
import { StatementRunner } from '../../sync/index.ts'
import type { Dialect } from '../dialects.ts'

/** Rows whose foreign key finds no row: what was written while keys were not held, or to a table that is gone. */
export async function findOrphans(
  connection: Connection,
  { snapshot, otherObjects }: LiveStructure,
  dialect: Dialect,
): Promise<readonly IntegrityProblem[]> {
  const runner = new StatementRunner(connection)
  const { quoteName } = dialect.schema(connection.capabilities)
  const problems: IntegrityProblem[] = []
  for (const { name: table, foreignKeys } of Object.values(snapshot.tables)) {
    for (const key of foreignKeys) {
      const isKnown = snapshot.tables[key.targetTable] !== undefined
      // A partitioned table, or one that cannot be read whole: the engine holds the key.
      if (!isKnown && otherObjects[key.targetTable] !== undefined) continue
      const sql = orphanCount(table, key, { quoteName, isKnown })
      const count = Number((await runner.rows({ sql, parameters: [] }))[0]?.['orphans'])
      if (count > 0) problems.push(orphanProblem(table, key, count))
    }
  }
  return problems
}

interface Naming {
  readonly isKnown: boolean
  quoteName(name: string): string
}

function orphanCount(table: string, { columns, targetTable, targetColumns }: ForeignKeyShape, naming: Naming): string {
  const quote = naming.quoteName
  const given = columns.map((column) => `child.${quote(column)} is not null`)
  const equal = columns.map((column, at) => `parent.${quote(targetColumns[at] ?? column)} = child.${quote(column)}`)
  const parent = `select 1 from ${quote(targetTable)} parent where ${equal.join(' and ')}`
  const missing = naming.isKnown ? [`not exists (${parent})`] : []
  return `select count(*) as orphans from ${quote(table)} child where ${[...given, ...missing].join(' and ')}`
}

function orphanProblem(
  table: string,
  { name, columns, targetTable }: ForeignKeyShape,
  count: number,
): IntegrityProblem {
  return {
    object: `foreign key ${table}.${name ?? columns.join(', ')}`,
    what: `rows that refer to no row of ${targetTable}: ${count}`,
    remedy: `Give ${columns.join(', ')} of those rows the key of a row that is there, or remove them`,
  }
}
