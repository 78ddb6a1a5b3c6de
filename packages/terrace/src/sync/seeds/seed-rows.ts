import { errors } from '../../errors/index.ts'
import {
  canonicalValue,
  foldCase,
  validateRow,
  type ColumnFact,
  type ModelFact,
  type RuleViolation,
  type SeedRow,
} from '../../model/index.ts'
import type { RuntimeDialect } from '../../database/index.ts'
import { lateKeys } from './late-keys.ts'
import { parentsFirst } from './parents-first.ts'

export interface SeedContext {
  readonly runtime: RuntimeDialect
  readonly now: Date
  newId(): string
}

/** Rows of one table that give the same columns, in stored form. */
export interface StoredRows {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly unknown[])[]
}

/** The rows that a model seeds: its own list, or what its function gives. */
export async function seedRowsOf({ seeds }: ModelFact): Promise<readonly SeedRow[]> {
  if (seeds === null) return []
  return typeof seeds === 'function' ? await seeds() : seeds
}

/** Validates as the DAO does; an owner must be named, for no session knows one. `SEED_INVALID` names every row at fault. */
export function checkSeedRows(model: ModelFact, rows: readonly SeedRow[]): void {
  const lines = Array.isArray(rows) ? linesOf(model, rows) : ['it is no list of rows']
  if (lines.length > 0) throw errors.SEED_INVALID({ values: { model: model.name, list: lines.join('; ') } })
}

function linesOf(model: ModelFact, rows: readonly SeedRow[]): readonly string[] {
  return rows.flatMap((row, at) => violationsOf(model, row).map((violation) => `row ${at + 1}, ${lineOf(violation)}`))
}

const noRow: RuleViolation = { path: '/', code: 'TYPE', message: 'it is no object' }

function violationsOf(model: ModelFact, row: SeedRow): readonly RuleViolation[] {
  if (typeof row !== 'object' || row === null) return [noRow]
  const owner = model.columns.find(({ stamp, nullable }) => stamp === 'owner' && !nullable)
  const isOwnerless = owner !== undefined && (row[owner.name] === undefined || row[owner.name] === null)
  const ownerless: readonly RuleViolation[] = isOwnerless
    ? [
        {
          path: `/${owner.name}`,
          code: 'REQUIRED',
          message: 'is required: the seeds of an owned model name the owner of each row',
        },
      ]
    : []
  return [...validateRow(model, row, 'insert'), ...ownerless]
}

function lineOf({ path, message }: RuleViolation): string {
  return path === '/' ? message : `${path.slice(1)}: ${message}`
}

/** What to insert, in this order, and what to set when all rows are there. */
export interface StoredSeeds {
  readonly inserts: readonly StoredRows[]
  readonly updates: readonly StoredUpdate[]
}

/** Cells of the row with this key. */
export interface StoredUpdate {
  readonly key: readonly StoredCell[]
  readonly cells: readonly StoredCell[]
}

/**
 * Checked rows as the engine stores them, in the order given but for parents in the same table, which stand first; neighbours that
 * give the same columns stand together. Keys that lead to rows which come later, here or in the models named, are set at the end.
 */
export function storedSeeds(
  model: ModelFact,
  { rows, later }: { readonly rows: readonly SeedRow[]; readonly later: ReadonlySet<string> },
  context: SeedContext,
): StoredSeeds {
  const ordered = parentsFirst(model, numberedRows(model, rows))
  const late = lateKeys(model, ordered, later)
  const inserts: { readonly columns: readonly string[]; readonly rows: (readonly unknown[])[] }[] = []
  const updates: StoredUpdate[] = []
  for (const [at, row] of ordered.entries()) {
    const values = new Map(model.columns.map((column) => [column, valueOf(column, row, context)]))
    const cells = (isMeant: (name: string) => boolean, valueFor: (column: ColumnFact) => unknown): StoredCell[] =>
      model.columns.filter(({ name }) => isMeant(name)).flatMap((column) => cellsOf(column, valueFor(column), context))
    const isLate = (name: string): boolean => late[at]?.has(name) === true
    const first = cells(
      () => true,
      (column) => (isLate(column.name) ? null : values.get(column)),
    )
    addRow(inserts, first)
    if (late[at]?.size === 0) continue
    const valueFor = (column: ColumnFact): unknown => values.get(column)
    updates.push({
      key: cells((name) => model.primaryKey.columns.includes(name), valueFor),
      cells: cells(isLate, valueFor),
    })
  }
  return { inserts, updates }
}

function addRow(
  groups: { readonly columns: readonly string[]; readonly rows: (readonly unknown[])[] }[],
  cells: readonly StoredCell[],
): void {
  const columns = cells.map(({ name }) => name)
  const last = groups.at(-1)
  const group = last !== undefined && last.columns.join('\0') === columns.join('\0') ? last : { columns, rows: [] }
  if (group !== last) groups.push(group)
  group.rows.push(cells.map(({ stored }) => stored))
}

/**
 * Rows that leave their number to the database get the one after the highest before them, so that other seeds can refer to
 * it: the database's own numbering goes on where a start that was killed had left it.
 */
function numberedRows(model: ModelFact, rows: readonly SeedRow[]): readonly SeedRow[] {
  const numbered = model.columns.find(({ stamp }) => stamp === 'identity')
  if (numbered === undefined) return rows
  let highest = 0
  return rows.map((row) => {
    const number = (row[numbered.name] as number | undefined) ?? highest + 1
    highest = Math.max(highest, number)
    return { ...row, [numbered.name]: number }
  })
}

/** Undefined: left to the database. */
function valueOf(column: ColumnFact, row: SeedRow, { now, newId }: SeedContext): unknown {
  const given = row[column.name]
  if (given !== undefined) return canonicalValue(column, given)
  if (column.stamp === 'createdAt' || column.stamp === 'updatedAt') return now
  if (column.type.kind === 'native') return undefined
  if (column.default?.kind === 'value') return canonicalValue(column, column.default.value)
  if (column.default?.kind === 'make') return canonicalValue(column, column.default.make())
  if (column.default?.kind === 'now') return undefined
  return column.stamp === 'id' ? newId() : null
}

export interface StoredCell {
  readonly name: string
  readonly stored: unknown
}

function cellsOf(column: ColumnFact, value: unknown, { runtime }: SeedContext): readonly StoredCell[] {
  if (value === undefined) return []
  const cell = { name: column.sqlName, stored: encoded(runtime, column, value) }
  if (column.foldedInto === null) return [cell]
  const folded = value === null ? null : foldCase(String(value))
  return [cell, { name: column.foldedInto.sqlName, stored: encoded(runtime, column, folded) }]
}

function encoded(runtime: RuntimeDialect, column: ColumnFact, value: unknown): unknown {
  const encode = runtime.codec(column).encode as ((value: unknown) => unknown) | null
  return value === null || encode === null ? value : encode(value)
}
