import { DriverError } from '../../../../database/index.ts'
import type { ForeignKeyShape, LiveStructure, SchemaDialect } from '../../../../schema/index.ts'
import type { StatementRunner } from '../../../statement-runner.ts'
import { candidatesFor, givenColumns, type SampleTable } from './candidates.ts'
import { insertSample } from './insert-sample.ts'
import { keyChoices, type Cells, type ParentRows } from './row-choices.ts'

export interface Filling {
  readonly runner: StatementRunner
  readonly dialect: SchemaDialect
  readonly opaque: LiveStructure['opaque']
  readonly tables: readonly SampleTable[]
  /** Which rows: the n-th row of a table has values that no other has. */
  readonly rows: readonly number[]
  /** Other values than in another try; from 1 on, every column has one. */
  readonly variation: number
}

export interface Filled {
  readonly rows: number
  /** Tables that took none, with the database's own words. */
  readonly refused: readonly { readonly table: string; readonly reason: string }[]
}

/** Puts rows into tables, parents first, in one transaction. What leads to a later table is filled in at the end. */
export async function fillTables(filling: Filling): Promise<Filled> {
  try {
    return await fillAll(filling, true)
  } catch (error) {
    // Rows that were to refer to later ones did not find them in the end: without them, then.
    if (!(error instanceof DriverError) || error.kind !== 'foreignKey') throw error
    return fillAll(filling, false)
  }
}

function fillAll(filling: Filling, isAhead: boolean): Promise<Filled> {
  const ordered = parentsFirst(filling.tables)
  return filling.runner.transaction(async () => {
    const refused: { readonly table: string; readonly reason: string }[] = []
    let rows = 0
    for (const [at, table] of ordered.entries()) {
      const later = new Set(ordered.slice(at + 1).map(({ live }) => live.name))
      const filled = await fillTable(filling, table, { later, isAhead })
      rows += filled.rows
      if (filled.rows === 0 && filled.refusal !== null)
        refused.push({ table: table.live.name, reason: wordsOf(filled.refusal) })
    }
    for (const [at, table] of ordered.entries()) {
      const later = new Set(ordered.slice(at + 1).map(({ live }) => live.name))
      await linkRows(filling, table, later)
    }
    return { rows, refused }
  })
}

/** What nothing has to come before, again and again; in a circle the one that can wait for most. */
function parentsFirst(tables: readonly SampleTable[]): readonly SampleTable[] {
  const left = new Set(tables)
  const ordered: SampleTable[] = []
  const waitsFor = (table: SampleTable, isMeant: (key: ForeignKeyShape) => boolean): boolean =>
    table.live.foreignKeys.some(
      (key) =>
        key.targetTable !== table.live.name &&
        isMeant(key) &&
        [...left].some(({ live }) => live.name === key.targetTable),
    )
  while (left.size > 0) {
    const all = [...left]
    const next =
      all.find((table) => !waitsFor(table, () => true)) ??
      all.find((table) => !waitsFor(table, (key) => !isOptional(table, key))) ??
      (all[0] as SampleTable)
    left.delete(next)
    ordered.push(next)
  }
  return ordered
}

/** Its columns that may be NULL are enough to lead nowhere. */
function isOptional({ live }: SampleTable, { columns }: ForeignKeyShape): boolean {
  return live.columns.some(({ name, nullable }) => nullable && columns.includes(name))
}

async function fillTable(
  filling: Filling,
  table: SampleTable,
  { later, isAhead }: { readonly later: ReadonlySet<string>; readonly isAhead: boolean },
): Promise<{ readonly rows: number; readonly refusal: DriverError | null }> {
  let rows = 0
  let refusal: DriverError | null = null
  for (const n of filling.rows) {
    const parents = await parentRows(filling, table.live.foreignKeys)
    const columns = new Map(
      givenColumns(table.live).map((column) => {
        const candidates = candidatesFor(column, n, { table, opaque: filling.opaque })
        const other = candidates.length === 0 ? 0 : Math.max(0, filling.variation - 1) % candidates.length
        const likely = [...candidates.slice(other), ...candidates.slice(0, other)]
        const absent = [
          ...(column.default === null ? [] : [undefined]),
          ...(column.nullable && table.after[column.name]?.nullable !== false ? [null] : []),
        ]
        const isAbsent = n % 3 === 1 && filling.variation === 0
        return [column.name, isAbsent ? [...absent, ...likely] : [...likely, ...absent]] as const
      }),
    )
    const own = (name: string): unknown => columns.get(name)?.[0] ?? null
    const ahead = (target: string, column: string): unknown => valueAhead(filling, { target, column, n })
    const keys = keyChoices({
      table,
      keys: table.live.foreignKeys,
      n,
      parents: withoutLater(parents, later),
      own,
      ahead: isAhead ? ahead : null,
    })
    const outcome = await insertSample(filling, { table, columns, keys })
    if (outcome === null) rows += 1
    else refusal ??= outcome
  }
  return { rows, refusal }
}

/** The likeliest value of a row that is put in later. */
function valueAhead(
  { tables, opaque }: Filling,
  { target, column: name, n }: { readonly target: string; readonly column: string; readonly n: number },
): unknown {
  const table = tables.find(({ live }) => live.name === target)
  const column = table?.live.columns.find((each) => each.name === name)
  return table === undefined || column === undefined ? null : (candidatesFor(column, n, { table, opaque })[0] ?? null)
}

function withoutLater(parents: ParentRows, later: ReadonlySet<string>): ParentRows {
  return new Map([...parents].filter(([name]) => !later.has(name)))
}

async function parentRows(
  { runner, dialect }: Filling,
  keys: readonly ForeignKeyShape[],
): Promise<Map<string, readonly Cells[]>> {
  const found = new Map<string, readonly Cells[]>()
  for (const [table, own] of Map.groupBy(keys, ({ targetTable }) => targetTable)) {
    const columns = [...new Set(own.flatMap(({ targetColumns }) => targetColumns))]
    found.set(table, await cellsOf({ runner, dialect }, table, columns))
  }
  return found
}

async function cellsOf(
  { runner, dialect }: Pick<Filling, 'runner' | 'dialect'>,
  table: string,
  columns: readonly string[],
): Promise<readonly Cells[]> {
  const list = columns.map((name, at) => `${dialect.quoteName(name)} as c${at}`).join(', ')
  const sql = `select ${list} from ${dialect.quoteName(table)} order by ${columns.map((_, at) => at + 1).join(', ')}`
  const rows = await runner.rows({ sql, parameters: [] })
  return rows.map((row) => new Map(columns.map((name, at) => [name, row[`c${at}`] ?? null])))
}

/** Keys that lead to later tables: of the n-th row to the n-th row there. One that is refused leads nowhere still. */
async function linkRows(filling: Filling, table: SampleTable, later: ReadonlySet<string>): Promise<void> {
  const { runner, dialect } = filling
  const primary = table.live.primaryKey?.columns ?? []
  const keys = table.live.foreignKeys.filter(({ targetTable }) => later.has(targetTable))
  if (primary.length === 0 || keys.length === 0) return
  const rows = await cellsOf(filling, table.live.name, primary)
  for (const key of keys.filter(({ columns }) => !columns.some((name) => primary.includes(name)))) {
    const parents = await cellsOf(filling, key.targetTable, key.targetColumns)
    for (const [at, row] of rows.entries()) {
      const parent = parents[at % Math.max(1, parents.length)]
      if (parent === undefined) break
      const set = key.columns.map((name, index) => `${dialect.quoteName(name)} = ${dialect.placeholder(index + 1)}`)
      const where = primary.map(
        (name, index) => `${dialect.quoteName(name)} = ${dialect.placeholder(set.length + index + 1)}`,
      )
      const values = [...key.targetColumns.map((name) => parent.get(name)), ...primary.map((name) => row.get(name))]
      const sql = `update ${dialect.quoteName(table.live.name)} set ${set.join(', ')} where ${where.join(' and ')}`
      await tryOnce(runner, () => runner.run(sql, values))
    }
  }
}

async function tryOnce(runner: StatementRunner, work: () => Promise<void>): Promise<void> {
  await runner.connection.savepoint('sample')
  try {
    await work()
    await runner.connection.releaseSavepoint('sample')
  } catch (error) {
    await runner.connection.rollbackToSavepoint('sample')
    if (!(error instanceof DriverError) || error.endsSession) throw error
  }
}

/** The rows are made up, so that the database may quote them. */
export function wordsOf(error: DriverError): string {
  return error.cause instanceof Error ? error.cause.message : error.message
}
