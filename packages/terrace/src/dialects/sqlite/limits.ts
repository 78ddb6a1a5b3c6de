import type {
  Change,
  ColumnShape,
  ForeignKeyShape,
  IndexShape,
  StructureRenderer,
  TablePart,
  TableShape,
  UniqueShape,
} from '../../schema/index.ts'
import { strictTypes } from './affinity.ts'
import { canonicalName } from './canonical-expression.ts'
import { decimalScaleOf, decimalUnit } from './stored-meaning.ts'

type Limit = ReturnType<StructureRenderer['limits']>

/** What SQLite cannot hold however it is asked, and what it could only hold by guessing what numbers mean. */
export function limits(change: Change): Limit {
  switch (change.kind) {
    case 'createTable':
      return tableLimit(change.wanted)
    case 'renameTable':
      return nameLimit(change.wanted.name)
    case 'addColumn':
    case 'alterColumn':
      return columnLimit(change.wanted, change.table.wanted)
    case 'alterTable':
    case 'alterPrimaryKey':
      return tableLimit(change.table.wanted)
    case 'addUnique':
    case 'alterUnique':
      return uniqueLimit(change.wanted)
    case 'addIndex':
    case 'alterIndex':
      return indexLimit(change.wanted)
    case 'addForeignKey':
    case 'alterForeignKey':
      return ruleLimit(change.wanted)
    case 'addCheck':
    case 'alterCheck':
      return ruleLimit(change.wanted) ?? scaleLimit(change)
    case 'dropCheck':
      return scaleLimit(change)
    default:
      return null
  }
}

function tableLimit(table: TableShape): Limit {
  const { name, options, primaryKey, columns } = table
  if (options['rowid'] === 'no' && primaryKey === null) {
    return { reason: 'a table without rowid needs a primary key', remedy: `Declare a primary key for ${name}` }
  }
  if (columns.every(({ generated }) => generated !== null)) {
    return {
      reason: 'a table needs a column that is not generated',
      remedy: `Declare a column of ${name} that is stored`,
    }
  }
  return firstOf([
    nameLimit(name),
    ...columns.map((column) => columnLimit(column, table)),
    ...table.uniques.map(uniqueLimit),
    ...table.indexes.map(indexLimit),
    ...[...table.foreignKeys, ...table.checks].map(ruleLimit),
  ])
}

function firstOf(limitsOfParts: readonly Limit[]): Limit {
  return limitsOfParts.find((limit) => limit !== null) ?? null
}

// Source: sqlite.org/lang_createtable.html: names that begin so are kept for the engine itself.
function nameLimit(name: string): Limit {
  if (!/^sqlite_/i.test(name)) return null
  return { reason: `SQLite keeps names that begin with sqlite_ for itself`, remedy: `Give ${name} another name` }
}

function columnLimit(column: ColumnShape, table: TableShape): Limit {
  const { name, type, identity, generated } = column
  const key = table.primaryKey?.columns ?? []
  if (table.options['strict'] === 'yes' && !strictTypes.includes(type.toUpperCase())) {
    return {
      reason: `a strict table has no type ${type === '' ? '(none)' : type}`,
      remedy: `Declare ${name} as one of ${strictTypes.join(', ')}`,
    }
  }
  if (identity !== null && (type.toUpperCase() !== 'INTEGER' || key.length !== 1 || key[0] !== name)) {
    return {
      reason: 'SQLite numbers nothing but an INTEGER that is the whole primary key',
      remedy: `Make ${name} the primary key, or give it its values`,
    }
  }
  if (identity !== null && (identity !== 'byDefault' || table.options['rowid'] === 'no')) {
    return { reason: 'AUTOINCREMENT takes explicit numbers and needs a rowid', remedy: `Declare ${name} so` }
  }
  if (generated === null) return null
  if (key.includes(name))
    return { reason: 'a generated column is no key', remedy: `Take ${name} out of the primary key` }
  return generated.invisible ? { reason: 'SQLite hides no column', remedy: `Declare ${name} visible` } : null
}

function uniqueLimit({ name, nullsDistinct, deferrable, include }: UniqueShape): Limit {
  const remedy = `Declare ${name ?? 'it'} without that`
  if (!nullsDistinct) return { reason: 'NULLs never collide in SQLite', remedy }
  if (deferrable !== 'no') return { reason: 'SQLite puts off no unique rule', remedy }
  return include.length > 0 ? { reason: 'an index of SQLite carries no further columns', remedy } : null
}

function indexLimit({ name, include, method }: IndexShape): Limit {
  const remedy = `Declare ${name} without that`
  if (include.length > 0) return { reason: 'an index of SQLite carries no further columns', remedy }
  return method === 'btree' ? null : { reason: `SQLite has no index of kind ${method}`, remedy }
}

function ruleLimit({ name, enforced }: Pick<ForeignKeyShape, 'name' | 'enforced'>): Limit {
  if (enforced) return null
  return {
    reason: 'SQLite has no rule that it does not hold',
    remedy: `Declare ${name ?? 'it'} enforced, or not at all`,
  }
}

/** Numbers that stay would mean something else. */
function scaleLimit(change: Extract<TablePart, { readonly kind: 'addCheck' | 'alterCheck' | 'dropCheck' }>): Limit {
  const { live, wanted } = change.table
  const units = [...('live' in change ? [change.live] : []), ...('wanted' in change ? [change.wanted] : [])].map(
    decimalUnit,
  )
  const named = units.find((unit) => unit !== null)?.column
  const isNamed = ({ name }: ColumnShape): boolean => canonicalName(name) === named
  const column = live.columns.find(isNamed)
  if (named === undefined || column === undefined || !wanted.columns.some(isNamed)) return null
  // An older CHECK of a decimal says nothing of its scale.
  if (change.kind === 'alterCheck' && units[0] === null) return null
  const [before, after] = [decimalScaleOf(live, column.name) ?? 0, decimalScaleOf(wanted, column.name) ?? 0]
  if (before === after) return null
  return {
    reason: `${column.name} is kept as whole numbers of its smallest unit, with ${before} digits behind the point and not ${after}`,
    remedy: `Declare a new column beside it, fill it from ${column.name}, and give up ${column.name} in a later release`,
  }
}
