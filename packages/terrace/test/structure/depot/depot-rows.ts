import {
  canonicalValue,
  type ColumnFact,
  type ModelFact,
  type ModelGraph,
  type SeedRow,
} from '../../../src/model/index.ts'
import { seedRowsOf } from '../../../src/sync/seeds/seed-rows.ts'

const rowsPerTable = 3
/** Empty in release 1, so that release 2 has an old table to seed. */
const leftEmpty = 'settings'

/** The same models, of which each has rows: a start with it fills the database as years of use would. */
export async function withRows(graph: ModelGraph): Promise<ModelGraph> {
  const models: Record<string, ModelFact> = { ...graph.models }
  for (const name of graph.referenceOrder) {
    const model = graph.models[name] as ModelFact
    if (model.seeds !== null || model.table === leftEmpty) continue
    models[name] = { ...model, seeds: await rowsOf(model, { ...graph, models }) }
  }
  return { ...graph, models }
}

async function rowsOf(model: ModelFact, graph: ModelGraph): Promise<readonly SeedRow[]> {
  const rows: SeedRow[] = []
  for (let n = 1; n <= rowsPerTable; n += 1) rows.push(await depotRow(model, graph, n))
  return rows
}

/** The n-th row of a model: it refers to the first rows of others, in turn. */
export async function depotRow(model: ModelFact, graph: ModelGraph, n: number): Promise<SeedRow> {
  const row: Record<string, unknown> = {}
  for (const column of model.columns) {
    if (column.stamp !== null && column.stamp !== 'id' && column.stamp !== 'owner' && column.stamp !== 'identity')
      continue
    row[column.name] = await cellOf(column, { model, graph, n })
  }
  for (const { columns } of model.rowRules) {
    for (const [at, name] of columns.entries()) if (at !== n % columns.length) row[name] = null
  }
  return row
}

interface Cell {
  readonly model: ModelFact
  readonly graph: ModelGraph
  readonly n: number
}

async function cellOf(column: ColumnFact, { model, graph, n }: Cell): Promise<unknown> {
  const { reference } = column
  if (reference === null) return valueOf(column, n, model.table)
  if (reference.target === model.name) return n === 1 ? null : keyOf(graph, model.name, n - 1)
  const order = graph.referenceOrder
  // Of a circle of tables the first one filled has nothing to refer to yet.
  const isLater = order.indexOf(reference.target) > order.indexOf(model.name)
  return isLater ? null : keyOf(graph, reference.target, n)
}

/** The key of a table's n-th row. */
async function keyOf(graph: ModelGraph, name: string, n: number): Promise<unknown> {
  const model = graph.models[name] as ModelFact
  const key = model.columns.find((column) => column.name === model.primaryKey.columns[0]) as ColumnFact
  const rows = await seedRowsOf(model)
  // A tree that is just being filled has none yet.
  const at = (n - 1) % (rows.length || n)
  return rows[at]?.[key.name] ?? at + 1
}

/** A value that tells its row, and of numbers its column, of texts its table too, within the column's rules. */
function valueOf(column: ColumnFact, n: number, table: string): unknown {
  const { type, name } = column
  switch (type.kind) {
    case 'uuid':
      return `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`
    case 'text':
      return textOf(column, n, table)
    case 'smallint':
    case 'float':
      return Math.min(boundsOf(column).min + n, boundsOf(column).max)
    case 'integer':
      return boundsOf(column).min + name.length * 2 + n
    case 'identity':
      return n
    case 'bigint':
      return BigInt(n)
    case 'decimal':
      return canonicalValue(column, `${n}.5`)
    case 'boolean':
      return n % 2 === 1
    case 'timestamp':
      return type.precision === 3 ? new Date(`2026-01-0${n}T03:04:05.678Z`) : `2026-01-0${n}T03:04:05.678901Z`
    case 'date':
      return `2026-02-0${n}`
    case 'time':
      return `0${n}:30:00`
    case 'json':
      return { n, text: "it's" }
    case 'array':
      return [`tag ${n}`, '']
    case 'bytes':
      return new Uint8Array([0, n, 255])
    case 'oneOf':
      return type.values[n % type.values.length]
    case 'native':
      throw new Error(`the depot has no column of a native type: ${name}`)
  }
}

function textOf({ rules, name }: ColumnFact, n: number, table: string): string {
  if (rules.some(({ kind }) => kind === 'email')) return `row${n}@example.org`
  const length = rules.find(({ kind }) => kind === 'length')
  const { min = 0, max = null } = length?.kind === 'length' ? length : {}
  return `${n} ${table} ${name} ü'"`.padEnd(min, '.').slice(0, max ?? undefined)
}

function boundsOf({ rules }: ColumnFact): { readonly min: number; readonly max: number } {
  const range = rules.find(({ kind }) => kind === 'range')
  if (range?.kind !== 'range') return { min: 0, max: Infinity }
  return { min: Number(range.min ?? 0), max: Number(range.max ?? Infinity) }
}
