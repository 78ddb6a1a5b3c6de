import type { ColumnShape, LockLevel } from '../../../schema/index.ts'
import type { SchemaFlavour } from '../schema-flavour.ts'
import { storageOf, type Pair, type TableDelta } from './table-delta.ts'

/**
 * What a clause costs. `instant`: the catalogue alone. `inPlace`: hardly more. `online`: rows are read while others write.
 * `rebuild`: rows are written anew while others write. `copy`: rows are written anew while others only read.
 */
type Cost = 'instant' | 'inPlace' | 'online' | 'rebuild' | 'copy'

const costs: readonly Cost[] = ['instant', 'inPlace', 'online', 'rebuild', 'copy']

const locks: Readonly<Record<Cost, LockLevel>> = {
  instant: { blocks: 'nothing', work: 'none' },
  inPlace: { blocks: 'nothing', work: 'none' },
  online: { blocks: 'nothing', work: 'scan' },
  rebuild: { blocks: 'nothing', work: 'rewrite' },
  copy: { blocks: 'writes', work: 'rewrite' },
}

export interface AlterationCost {
  readonly lock: LockLevel
  /** Clauses that make the server refuse to do it in a costlier way than this. */
  readonly asserted: readonly string[]
}

/**
 * What an ALTER TABLE costs. It is asserted only where the server's documentation is sure of it and the table has nothing out of
 * the ordinary, so that no legal plan fails for its assertion (1845, 1846).
 *
 * Sources: MySQL 8.4 manual, "Online DDL Operations"; MariaDB knowledge base, "InnoDB Online DDL Overview" and "Instant ADD
 * COLUMN for InnoDB"; each assertion for MariaDB was tried on 10.11.
 */
export function alterationCost(delta: TableDelta, flavour: SchemaFlavour): AlterationCost {
  const clauses = costsOf(delta)
  const cost = costs.findLast((each) => clauses.includes(each)) ?? 'instant'
  return { lock: locks[cost], asserted: isOrdinary(delta) ? assertion(cost, delta, flavour) : [] }
}

function costsOf({ dropped, added, modified, replaced, renamedKeys, options, to }: TableDelta): readonly Cost[] {
  const some = (list: readonly unknown[], cost: Cost): readonly Cost[] => (list.length > 0 ? [cost] : [])
  return [
    ...some(dropped.foreignKeys, 'instant'),
    ...some(dropped.keys, 'inPlace'),
    ...some(renamedKeys, 'instant'),
    ...some(dropped.checks, 'instant'),
    ...(dropped.primaryKey || added.primaryKey ? (['copy'] as const) : []),
    // Where a table has virtual columns, dropping another one may have to copy it.
    ...some(dropped.columns, to.columns.some((column) => storageOf(column) === 'virtual') ? 'copy' : 'rebuild'),
    ...added.columns.map(costOfNew),
    ...some(added.uniques, 'online'),
    ...added.indexes.map(({ method }): Cost => (method === 'btree' ? 'online' : 'copy')),
    ...some(added.checks, 'copy'),
    ...some(added.foreignKeys, 'copy'),
    ...some(replaced, 'copy'),
    ...modified.map((pair) => costOfModified(pair)),
    ...options.map((option): Cost => (option === 'engine' ? 'copy' : 'instant')),
  ]
}

/** MariaDB copies the table where each row gets a default of its own, as the present time is. */
function costOfNew(column: ColumnShape): Cost {
  const isCalculated = column.default !== null && !constant.test(column.default)
  return column.identity !== null || storageOf(column) === 'stored' || isCalculated ? 'copy' : 'instant'
}

const constant = /^(?:[-+]?\d[\d.]*(?:e[-+]?\d+)?|[xb]?'(?:[^']|'')*'|null|true|false)$/i

function costOfModified({ from, to }: Pair<ColumnShape>): Cost {
  const differs = (...aspects: readonly (keyof ColumnShape)[]): boolean =>
    aspects.some((aspect) => JSON.stringify(from[aspect]) !== JSON.stringify(to[aspect]))
  if (differs('collation', 'generated', 'identity')) return 'copy'
  if (differs('type') && !(isLonger(from, to) && !differs('nullable'))) return 'copy'
  if (!differs('nullable')) return isLiteral(from.default) && isLiteral(to.default) ? 'instant' : 'inPlace'
  return to.nullable ? 'rebuild' : 'copy'
}

function isLiteral(fallback: string | null): boolean {
  return fallback === null || /^(?:-?[\d.]+(?:e[-+]?\d+)?|[bx]?'(?:[^'\\]|\\.|'')*')$/is.test(fallback)
}

/** A varchar whose length still is written in as many bytes. Four bytes a character are assumed. */
function isLonger(from: ColumnShape, to: ColumnShape): boolean {
  const [before, after] = [lengthOf(from.type), lengthOf(to.type)]
  if (before === null || after === null || after < before) return false
  return before * 4 > 255 === after * 4 > 255
}

function lengthOf(type: string): number | null {
  const length = /^varchar\((\d+)\)$/.exec(type)?.[1]
  return length === undefined ? null : Number(length)
}

/** Not compressed, no index over texts or shapes: InnoDB itself without its exceptions. */
function isOrdinary({ from, to }: TableDelta): boolean {
  const isPlain = [...from.indexes, ...to.indexes].every(({ method }) => method === 'btree')
  const isInnoDb = [from, to].every(({ options }) => (options['engine'] ?? 'InnoDB') === 'InnoDB')
  return isPlain && isInnoDb && from.definition === undefined
}

function assertion(
  cost: Cost,
  { added, modified, dropped, replaced, renamedKeys, options }: TableDelta,
  { isMariaDb }: SchemaFlavour,
): readonly string[] {
  const alters = modified.length + added.columns.length + dropped.columns.length + replaced.length
  if ((cost === 'online' || cost === 'inPlace') && alters === 0) return ['algorithm = inplace', 'lock = none']
  // With whatever else, MariaDB takes renaming a key for dropping it.
  const others = alters + options.length + dropped.foreignKeys.length + dropped.checks.length
  if (renamedKeys.length > 0 && others > 0) return []
  // MySQL has a limit of instant changes of a table, and adds columns in place behind it.
  return cost === 'instant' && isMariaDb && alters <= 1 ? ['algorithm = instant'] : []
}
