import type {
  CheckStorage,
  ColumnStorage,
  ForeignKeyStorage,
  IndexStorage,
  TableStorage,
  UniqueStorage,
} from '../stored.ts'

/** What may stand under a key of `stored`. */
interface Word {
  readonly isRequired?: boolean
  fits(value: unknown): boolean
  /** What it shall be. */
  readonly form: string
  /** What one that does not fit is. Default: no such form. */
  readonly refusal?: string
}

/** A word that the types know and this does not, or the other way round, does not compile. */
type WordsOf<T> = { readonly [K in keyof Required<T>]: Word }

export type Words = Readonly<Record<string, Word>>

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== ''
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText)

const text = (form: string): Word => ({ fits: isText, form })
const textOrNull = (form: string): Word => ({
  fits: (value) => value === null || isText(value),
  form: `${form} or null`,
  refusal: `is no ${form}, and not null`,
})
const flag: Word = {
  fits: (value) => typeof value === 'boolean',
  form: 'true or false',
  refusal: 'is neither true nor false',
}
const parts = (form: string): Word => ({ fits: Array.isArray, form: `list of ${form}` })
const texts = (form: string): Word => ({ fits: isTexts, form: `list of ${form}` })
const oneOf = (...values: readonly (string | null)[]): Word => {
  const list = values.map((value) => (value === null ? 'null' : `'${value}'`)).join(', ')
  return { fits: (value) => values.includes(value as string | null), form: list, refusal: `is none of ${list}` }
}
const required = (word: Word): Word => ({ ...word, isRequired: true })

const hasOnly = (value: Readonly<Record<string, unknown>>, words: Words): boolean =>
  Object.keys(value).every((key) => Object.hasOwn(words, key)) &&
  Object.entries(words).every(([key, { isRequired = false, fits }]) =>
    value[key] === undefined ? !isRequired : fits(value[key]),
  )
const object = (words: Words, form: string): Word => ({
  fits: (value) => isRecord(value) && hasOnly(value, words),
  form,
})

const columns: Word = { fits: (value) => isTexts(value) && value.length > 0, form: 'list of columns', isRequired: true }
const deferrable = oneOf('initiallyImmediate', 'initiallyDeferred')
const action = oneOf('noAction', 'restrict', 'cascade', 'setNull', 'setDefault')

/** Of a column. A type without a name is one of its own, where an engine has it. */
export const columnWords = {
  type: { fits: (value) => value === '' || isText(value), form: 'type as the catalogue prints it' },
  collation: textOrNull('collation'),
  nullable: flag,
  default: textOrNull('SQL expression'),
  identity: oneOf('byDefault', 'always', 'serial', null),
  generated: object(
    { expression: required(text('SQL expression')), stored: required(flag), invisible: flag },
    "form like { expression: 'price * 2', stored: true }",
  ),
} satisfies WordsOf<ColumnStorage>

/** Of a table. */
export const tableWords = {
  options: {
    fits: (value) => isRecord(value) && Object.values(value).every((option) => typeof option === 'string'),
    form: "form like { strict: 'no' }",
  },
  collation: textOrNull('collation'),
  primaryKey: textOrNull('name'),
  uniques: parts('uniques'),
  indexes: parts('indexes'),
  foreignKeys: parts('foreign keys'),
  checks: parts('checks'),
} satisfies WordsOf<TableStorage>

const indexColumn = object(
  {
    name: required(text('column')),
    suffix: text('suffix'),
    direction: oneOf('asc', 'desc'),
    nulls: oneOf('first', 'last'),
  },
  '',
)

/** Of what a table has lists of. */
export const partWords = {
  uniques: {
    name: required(textOrNull('name')),
    columns,
    where: text('SQL condition'),
    nullsDistinct: flag,
    heldBy: oneOf('constraint', 'index'),
    include: texts('columns'),
    deferrable,
    enforced: flag,
  },
  indexes: {
    name: required(text('name')),
    columns: {
      fits: (value) =>
        Array.isArray(value) && value.length > 0 && value.every((column) => isText(column) || indexColumn.fits(column)),
      form: "list of columns, like ['name', { name: 'price', direction: 'desc' }]",
      isRequired: true,
    },
    where: text('SQL condition'),
    include: texts('columns'),
    method: text('method'),
  },
  foreignKeys: {
    name: required(textOrNull('name')),
    columns,
    target: required(
      object({ table: required(text('table')), columns }, "form like { table: 'towns', columns: ['id'] }"),
    ),
    onDelete: action,
    onUpdate: action,
    deferrable,
    enforced: flag,
  },
  checks: { name: required(textOrNull('name')), expression: required(text('SQL expression')), enforced: flag },
} satisfies {
  readonly uniques: WordsOf<UniqueStorage>
  readonly indexes: WordsOf<IndexStorage>
  readonly foreignKeys: WordsOf<ForeignKeyStorage>
  readonly checks: WordsOf<CheckStorage>
}
