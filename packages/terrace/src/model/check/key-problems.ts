import { columnFact } from '../bind/column-facts.ts'
import type { DeclaredIndex, DeclaredModel, DeclaredUnique } from '../bind/declared-graph.ts'
import type { ColumnType } from '../column-type.ts'
import type { ColumnSpec } from '../column.ts'
import { compileValidator } from '../validate.ts'
import { listOf, nameHint } from './name-hint.ts'
import type { Problem } from './problem.ts'
import { problemAt } from './problem.ts'
import { typeText } from './type-text.ts'

/** Primary keys, unique rules and indexes that are missing, repeated, or over columns that cannot carry them. */
export function keyProblems(model: DeclaredModel): readonly Problem[] {
  return [
    ...primaryKeyProblems(model),
    ...model.uniques.flatMap((unique) => listProblems(model, unique.source, unique.columns)),
    ...model.uniques.flatMap((unique) => uniqueProblems(model, unique)),
    ...model.indexes.flatMap((index) => listProblems(model, index.source, columnsOf(index))),
    ...repeated(model, 'unique rule', model.uniques),
    ...repeated(
      model,
      'index',
      model.indexes.map((index) => ({ source: index.source, columns: columnsOf(index) })),
    ),
  ]
}

function columnsOf({ columns }: DeclaredIndex): readonly string[] {
  return columns.map(({ column }) => column)
}

function primaryKeyProblems(model: DeclaredModel): readonly Problem[] {
  const { name, primaryKey, columns } = model
  if (primaryKey.length === 0) return [problemAt(name, 'has no primary key', 'Mark one: id: uuid().primaryKey()')]
  const numbered = primaryKey.filter((property) => columns.get(property)?.stamp === 'identity')
  const isShared = numbered.length > 0 && primaryKey.length > 1
  return [
    ...(isShared
      ? [
          problemAt(
            `${name}.${numbered[0]}`,
            'is an identity beside other key columns',
            'Keep identity() as the only key and make the others unique',
          ),
        ]
      : []),
    ...primaryKey.flatMap((property) => carrierProblems(model, property, 'primaryKey()')),
  ]
}

/** Unknown, repeated and unfit columns of one unique rule or index. */
function listProblems(model: DeclaredModel, source: string, columns: readonly string[]): readonly Problem[] {
  const where = `${model.name}, ${source}`
  if (columns.length === 0) return [problemAt(where, 'names no column', 'Name at least one')]
  const twice = columns.find((column, at) => columns.indexOf(column) !== at)
  if (twice !== undefined) return [problemAt(where, `names ${twice} twice`, 'Name it once')]
  return columns.flatMap((column) =>
    model.columns.has(column) ? carrierProblems(model, column, source) : [unknownColumn(model, where, column)],
  )
}

/** A name that is no column of the model, with the nearest that is. */
export function unknownColumn(model: DeclaredModel, where: string, column: string): Problem {
  const remedy = nameHint(column, [...model.columns.keys()], `Name a column of ${model.name}`)
  return problemAt(where, `${model.name} has no column "${column}"`, remedy)
}

function carrierProblems(model: DeclaredModel, property: string, source: string): readonly Problem[] {
  const spec = model.columns.get(property)
  if (spec === undefined || spec.reference !== null || isComparable(spec.type) || isKeptComparable(spec)) return []
  const isText = spec.type.kind === 'text'
  const remedy = isText ? 'Bound it with length(min, max)' : 'Use a column that engines compare by value'
  const rule = source.startsWith(`${property}.`) ? source.slice(property.length + 1) : source
  return [problemAt(`${model.name}.${property}`, `${typeText(spec.type)} cannot carry ${rule}`, remedy)]
}

/** Without a bound, where an engine is named that keeps it in a type of its own; the others refuse it when a database is opened. */
function isKeptComparable({ type, stored }: ColumnSpec): boolean {
  return type.kind === 'text' && Object.values(stored ?? {}).some((kept) => kept?.type !== undefined)
}

function isComparable(type: ColumnType): boolean {
  if (type.kind === 'text') return type.maxLength !== null
  return !['json', 'array', 'bytes', 'native', 'float'].includes(type.kind)
}

function uniqueProblems(model: DeclaredModel, { source, columns, where }: DeclaredUnique): readonly Problem[] {
  const at = `${model.name}, ${source}`
  const [only] = columns
  const isOptionOnReference =
    source.startsWith('uniques') && columns.length === 1 && where === null && model.columns.get(only ?? '')?.reference
  const isKey =
    where === null &&
    columns.length === model.primaryKey.length &&
    columns.every((column) => model.primaryKey.includes(column))
  return [
    // The types of includes see `.unique()` and not the options: both must agree that the other side is one row.
    ...(isOptionOnReference
      ? [
          problemAt(
            at,
            `${only} is a reference`,
            `Write ${only}: reference(…).unique(), so that the types of includes know`,
          ),
        ]
      : []),
    ...(isKey && columns.length > 0
      ? [problemAt(at, 'repeats the primary key', 'Remove it: a primary key is unique')]
      : []),
    ...Object.entries(where ?? {}).flatMap(([column, value]) =>
      conditionProblems(model, `${at}.where`, [column, value]),
    ),
  ]
}

function conditionProblems(
  model: DeclaredModel,
  where: string,
  [column, value]: readonly [string, unknown],
): readonly Problem[] {
  const spec = model.columns.get(column)
  if (spec === undefined) return [unknownColumn(model, where, column)]
  if (!isComparable(spec.type))
    return [
      problemAt(
        where,
        `${column} is ${typeText(spec.type)}, not compared with =`,
        'Use a column that engines compare by value',
      ),
    ]
  const found = compileValidator(columnFact(column, { ...spec, default: null, example: undefined }, null))(value)
  return found === null
    ? []
    : [problemAt(where, `${column} ${found.message}`, 'Compare with a value that the column can have')]
}

function repeated(
  { name }: DeclaredModel,
  what: string,
  lists: readonly { readonly source: string; readonly columns: readonly string[] }[],
): readonly Problem[] {
  const first = new Map<string, string>()
  return lists.flatMap(({ source, columns }) => {
    const key = columns.join()
    const earlier = first.get(key)
    if (earlier === undefined) first.set(key, source)
    return earlier === undefined
      ? []
      : [problemAt(`${name}, ${source}`, `repeats the ${what} on ${listOf(columns)} of ${earlier}`, 'Keep one of them')]
  })
}
