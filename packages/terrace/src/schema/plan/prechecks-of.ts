import type { Change, ChangeOf } from '../change.ts'
import {
  conditionPrecheck,
  defaultKeyPrecheck,
  duplicatesPrecheck,
  missingValuesPrecheck,
  orphansPrecheck,
  violationsPrecheck,
  type DuplicatesOptions,
} from '../precheck-sql.ts'
import type { Conversion, SchemaDialect } from '../schema-dialect.ts'
import type { ColumnShape, Snapshot, TableShape, UniqueShape } from '../snapshot.ts'
import type { Rename } from '../rename/rename.ts'
import type { Precheck } from './plan.ts'

export interface PrecheckContext {
  readonly dialect: Pick<SchemaDialect, 'quoteName' | 'conversions'>
  /** The live tables under their new names. */
  readonly live: Snapshot
  readonly renames: readonly Rename[]
  /** All columns of the plan that get another type. */
  readonly retyped: readonly ChangeOf<'alterColumn'>[]
}

/** What the rows are asked before a change: each counts those that stand against it. */
export function prechecksOf(change: Change, context: PrecheckContext): readonly Precheck[] {
  const options = optionsOf(context)
  switch (change.kind) {
    case 'addColumn':
      return addedColumn(change, options)
    case 'alterColumn':
      return alteredColumn(change, options, context)
    case 'alterTable':
      return converted(context.dialect.conversions.options(change), presentRowsOf(change.live.name, context))
    case 'alterPrimaryKey':
      return alteredKey(change, options)
    case 'addUnique':
      return given(duplicatesPrecheck(change.table, change.wanted, options))
    case 'alterUnique':
      return isRenameOnly(change) ? [] : given(duplicatesPrecheck(change.table, change.wanted, options))
    case 'addForeignKey':
    case 'alterForeignKey':
      return isRenameOnly(change) ? [] : orphans(change, options, context)
    case 'addCheck':
      return [violationsPrecheck(change.table, change.wanted, options)]
    case 'alterCheck':
      return isRenameOnly(change) ? [] : [violationsPrecheck(change.table, change.wanted, options)]
    default:
      return []
  }
}

/** Whether nothing differs but the name. */
export function isRenameOnly(change: Change): boolean {
  return 'differences' in change && change.differences.every(({ aspect }) => aspect === 'name')
}

/** No row can be without a value, and nothing gives one. */
export function needsValue({ nullable, default: fallback, identity, generated }: ColumnShape): boolean {
  return !nullable && fallback === null && identity === null && generated === null
}

/** Whether values are to be made into others of another type. */
export function isRetyped(change: Change): change is ChangeOf<'alterColumn'> {
  return (
    change.kind === 'alterColumn' &&
    change.wanted.generated === null &&
    change.differences.some(({ aspect }) => aspect === 'type')
  )
}

function optionsOf(context: PrecheckContext): DuplicatesOptions {
  const { quoteName, conversions } = context.dialect
  return {
    quoteName: (name) => quoteName(name),
    valueWhenAdded: (column) => conversions.valueWhenAdded(column),
    rowsOf: (table) => rowsOf(table, context),
  }
}

/** The rows with the values that they are about to have: what is declared for a type cannot be asked of another. */
function rowsOf(table: string, context: PrecheckContext): string {
  const { dialect, live, retyped } = context
  const { quoteName } = dialect
  const columns = retyped.filter((change) => {
    const name = quoteName(change.wanted.name)
    return change.table.live.name === table && convertedValue(change, name, dialect) !== name
  })
  const shape = live.tables[table]
  if (columns.length === 0 || shape === undefined) return presentRowsOf(table, context)
  const list = shape.columns.map(({ name }) => {
    const change = columns.find(({ wanted }) => wanted.name === name)
    const quoted = quoteName(name)
    return change === undefined ? quoted : `${convertedValue(change, quoted, dialect)} as ${quoted}`
  })
  return `(select ${list.join(', ')} from ${presentRowsOf(table, context)} present)`
}

/** NULL for what cannot be converted, which a precheck of its own counts. */
function convertedValue(
  change: ChangeOf<'alterColumn'>,
  column: string,
  { conversions }: PrecheckContext['dialect'],
): string {
  const conversion = conversions.column(change, column)
  const value = conversions.converted(change, column)
  return conversion.kind === 'checked' ? `case when ${conversion.offending} then null else ${value} end` : value
}

/** Prechecks run before the first step, when everything has its former name still. */
function presentRowsOf(table: string, { dialect, live, renames }: PrecheckContext): string {
  const { quoteName } = dialect
  const former = renames.find(({ object, to }) => object === 'table' && to === table)?.from ?? table
  const columns = renames.filter((rename) => rename.object === 'column' && rename.table === table)
  const shape = live.tables[table]
  if (columns.length === 0 || shape === undefined) return quoteName(former)
  const list = shape.columns.map(({ name }) => {
    const before = columns.find(({ to }) => to === name)?.from ?? name
    return before === name ? quoteName(name) : `${quoteName(before)} as ${quoteName(name)}`
  })
  return `(select ${list.join(', ')} from ${quoteName(former)})`
}

function given(precheck: Precheck | null): readonly Precheck[] {
  return precheck === null ? [] : [precheck]
}

function addedColumn(change: ChangeOf<'addColumn'>, options: DuplicatesOptions): readonly Precheck[] {
  const { table, wanted, checks } = change
  const all = `select count(*) as offending from ${options.rowsOf(table.live.name)} present`
  const withoutValue: readonly Precheck[] = needsValue(wanted)
    ? [{ sql: all, parameters: [], offending: 'rows, which would have no value', remedy: remedyWithoutValue(change) }]
    : []
  const isNull = wanted.default === null && wanted.generated === null
  const violations = isNull ? [] : checks.map((check) => violationsPrecheck(table, check, options))
  return [...withoutValue, ...violations, ...given(defaultKeyPrecheck(change, options))]
}

/** A companion has no default but its property's, and folding is no work of the database. */
function remedyWithoutValue({ wanted: { source } }: ChangeOf<'addColumn'>): string {
  return source?.fact === 'column' && source.properties.length === 0
    ? 'Declare a new property with ignoreCase() beside it and let the app copy the values into that, which folds them'
    : 'Give it a default; or declare it nullable, fill it, and make it not null after that'
}

function alteredColumn(
  { table, live, wanted, differences }: ChangeOf<'alterColumn'>,
  options: DuplicatesOptions,
  context: PrecheckContext,
): readonly Precheck[] {
  const { dialect } = context
  const present = { ...options, rowsOf: (name: string) => presentRowsOf(name, context) }
  const differs = (...aspects: readonly string[]): boolean => differences.some(({ aspect }) => aspects.includes(aspect))
  const becomesRequired = differs('nullability') && !wanted.nullable && wanted.generated === null
  const nulls = becomesRequired ? [missingValuesPrecheck(table.live.name, [wanted.name], present)] : []
  if (!differs('type', 'collation') || wanted.generated !== null) return nulls
  const conversion = dialect.conversions.column({ live, wanted, table }, options.quoteName(wanted.name))
  const duplicates = differs('collation') ? uniquesOver(wanted.name, table.wanted) : []
  return [
    ...nulls,
    ...converted(conversion, present.rowsOf(table.live.name)),
    ...duplicates.flatMap((unique) => given(duplicatesPrecheck(table, unique, options))),
  ]
}

/** The rules, the key one of them, that compare values of a column. */
function uniquesOver(column: string, { uniques, primaryKey }: TableShape): readonly UniqueShape[] {
  const key = primaryKey === null ? [] : [{ ...bareUnique, ...primaryKey }]
  return [...uniques, ...key].filter(({ columns }) => columns.includes(column))
}

function converted(conversion: Conversion, rows: string): readonly Precheck[] {
  return conversion.kind === 'checked' ? [conditionPrecheck(rows, conversion.offending, conversion.words)] : []
}

function alteredKey(change: ChangeOf<'alterPrimaryKey'>, options: DuplicatesOptions): readonly Precheck[] {
  const { table, live, wanted } = change
  if (wanted === null || isRenameOnly(change)) return []
  const { columns } = wanted
  if (live !== null && columns.join('\0') === live.columns.join('\0')) return []
  const present = columns.filter((name) => table.live.columns.some((column) => column.name === name))
  const missing = table.wanted.columns.filter(({ name }) => columns.includes(name) && !present.includes(name))
  const values = present.length === 0 ? [] : [missingValuesPrecheck(table.live.name, present, options)]
  // Numbers that the database gives to the rows that are there are distinct.
  if (missing.some(({ identity }) => identity !== null)) return values
  const asUnique: UniqueShape = { ...bareUnique, ...wanted, columns }
  return [...values, ...given(duplicatesPrecheck(table, asUnique, options))]
}

const bareUnique: Omit<UniqueShape, 'name' | 'columns' | 'source'> = {
  where: null,
  nullsDistinct: true,
  heldBy: 'constraint',
  include: [],
  deferrable: 'no',
  enforced: true,
}

function orphans(
  { table, wanted }: ChangeOf<'addForeignKey' | 'alterForeignKey'>,
  options: DuplicatesOptions,
  { live }: PrecheckContext,
): readonly Precheck[] {
  const targetExists = live.tables[wanted.targetTable] !== undefined
  return given(orphansPrecheck(table.live, wanted, { ...options, targetExists }))
}
