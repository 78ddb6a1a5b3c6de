import { issueText } from '../../errors/index.ts'
import { columnField, parseText } from '../../dto/index.ts'
import type { ColumnField, JsonSchema } from '../../dto/index.ts'
import { columnFactsOf, text as anyText, boolean } from '../../model/index.ts'
import type { ColumnFact, ColumnKind } from '../../model/index.ts'
import { queryIssue, repeated } from '../query-values.ts'
import type { QueryParameter } from '../query-values.ts'
import type { QueryReading } from './query-reading.ts'
import type { ReadableColumn } from './readable-columns.ts'

/** Conditions in one query at the most, and values in one list. */
export const mostFilterTerms = 100
const mostListValues = 500

/** What a column may be asked, as it is written between the brackets; `eq` is the name without any. */
export type FilterOperator = keyof typeof operators

/** One condition that a list takes: a column, an operator, and how its value is read. */
export interface Filter {
  /** `kcal100g[gte]` */
  readonly name: string
  readonly column: ColumnFact
  readonly operator: FilterOperator
  readonly field: ColumnField
  /** Its place among the filters. */
  readonly at: number
}

interface OperatorFacts {
  /** One value of the column, several, or something of its own. */
  readonly takes: 'value' | 'values' | 'text' | 'flag'
  /** Its name in the terms of a DAO. */
  readonly condition: string
  readonly describe: string
}

const operators = {
  eq: { takes: 'value', condition: 'eq', describe: 'Equal to it' },
  not: { takes: 'value', condition: 'not', describe: 'Another value, and not null' },
  in: {
    takes: 'values',
    condition: 'in',
    describe: `One of these; the name is repeated for each, at most ${mostListValues}`,
  },
  notIn: {
    takes: 'values',
    condition: 'notIn',
    describe: 'None of these, and not null; the name is repeated for each',
  },
  gt: { takes: 'value', condition: 'gt', describe: 'Greater, or later' },
  gte: { takes: 'value', condition: 'gte', describe: 'Equal to it, greater, or later' },
  lt: { takes: 'value', condition: 'lt', describe: 'Less, or earlier' },
  lte: { takes: 'value', condition: 'lte', describe: 'Equal to it, less, or earlier' },
  contains: { takes: 'text', condition: 'contains', describe: 'The text stands in it, letter for letter' },
  startsWith: { takes: 'text', condition: 'startsWith', describe: 'It begins with the text, letter for letter' },
  null: { takes: 'flag', condition: 'isNull', describe: 'Whether it is null' },
} as const satisfies Readonly<Record<string, OperatorFacts>>

const equality = ['eq', 'not', 'in', 'notIn'] as const
const order = [...equality, 'gt', 'gte', 'lt', 'lte'] as const

const operatorsOfKind: Readonly<Record<ColumnKind, readonly FilterOperator[]>> = {
  uuid: order,
  // The others only where the column says so: an index seldom helps them.
  text: ['eq', 'in'],
  integer: order,
  smallint: order,
  bigint: order,
  identity: order,
  decimal: order,
  float: order,
  boolean: ['eq', 'not'],
  timestamp: order,
  date: order,
  time: order,
  oneOf: equality,
  json: [],
  array: [],
  bytes: [],
  native: [],
}

/** The conditions that a list takes, by their names on the wire, in the order of the columns. */
export function filtersOf(columns: readonly ReadableColumn[]): ReadonlyMap<string, Filter> {
  return new Map(columns.flatMap(filtersOfColumn).map((filter, at) => [filter.name, { ...filter, at }]))
}

function filtersOfColumn({ column, filterName }: ReadableColumn): readonly Omit<Filter, 'at'>[] {
  const field = looseField(column)
  return operatorsOf(column).map((operator) => {
    const name = operator === 'eq' ? filterName : `${filterName}[${operator}]`
    const own = ownFields[operators[operator].takes] ?? field
    return { name, column, operator, field: { ...own, key: name } }
  })
}

function operatorsOf(column: ColumnFact): readonly FilterOperator[] {
  const chosen = new Set<FilterOperator>([...operatorsOfKind[column.type.kind], ...column.filterable])
  if (column.nullable) chosen.add('null')
  return (Object.keys(operators) as FilterOperator[]).filter((operator) => chosen.has(operator))
}

/** A filter may ask for what a rule keeps out: nothing is found then. */
function looseField(column: ColumnFact): ColumnField {
  const type = column.type.kind === 'text' ? ({ kind: 'text', maxLength: null } as const) : column.type
  return columnField({ ...column, type, nullable: false, rules: [], itemRules: [], foldedInto: null }, false)
}

const [textField, flagField] = columnFactsOf({ text: anyText(), flag: boolean() }).map((column) =>
  columnField(column, false),
)
const ownFields: Readonly<Partial<Record<OperatorFacts['takes'], ColumnField | undefined>>> = {
  text: textField,
  flag: flagField,
}

/** The condition of a query in a DAO's terms; null for none. What is wrong with values goes to the issues. */
export function readFilters(
  reading: QueryReading,
  filters: ReadonlyMap<string, Filter>,
): Readonly<Record<string, unknown>> | null {
  const given = givenFilters(reading, filters)
  if (given.length === 0) return null
  if (given.length > mostFilterTerms) {
    const text = issueText('conditions', { count: given.length, most: mostFilterTerms })
    reading.issues.push({ in: 'query', path: '', ...text })
    return null
  }
  const conditions = given.flatMap((filter) => {
    const value = filterValue(reading, filter)
    return value === undefined ? [] : [conditionOf(filter, value)]
  })
  return conditions.length === 1 ? (conditions[0] as Condition) : { and: conditions }
}

/** In the order of the columns, whatever the order they were sent in: equal questions are one statement. */
function givenFilters({ texts }: QueryReading, filters: ReadonlyMap<string, Filter>): readonly Filter[] {
  const given: Filter[] = []
  for (const name of texts.keys()) {
    const filter = filters.get(name)
    if (filter !== undefined) given.push(filter)
  }
  return given.length < 2 ? given : given.toSorted((one, other) => one.at - other.at)
}

type Condition = Readonly<Record<string, unknown>>

function conditionOf({ column, operator }: Filter, value: unknown): Condition {
  return { [column.name]: operator === 'eq' ? value : { [operators[operator].condition]: value } }
}

/** The operand of a condition; undefined for one that cannot be read, which is an issue. */
function filterValue(reading: QueryReading, { name, operator, field }: Filter): unknown {
  const texts = reading.texts.get(name) ?? []
  if (operators[operator].takes !== 'values') {
    if (texts.length === 1) return valueOf(reading, field, texts[0] as string)
    reading.issues.push(repeated(name))
    return undefined
  }
  if (texts.length > mostListValues) {
    reading.issues.push(queryIssue(name, issueText('givenTimes', { most: mostListValues })))
    return undefined
  }
  const values = texts.map((text) => valueOf(reading, field, text))
  return values.includes(undefined) ? undefined : values
}

function valueOf({ issues }: QueryReading, field: ColumnField, text: string): unknown {
  const parsed = parseText(field, text, 'query')
  if (parsed.ok) return parsed.value
  if (issues.length < mostIssues) issues.push(...parsed.issues)
  return undefined
}

const mostIssues = 50

/** The filters as parameters, for the documentation. */
export function filterParameters(filters: ReadonlyMap<string, Filter>): readonly QueryParameter[] {
  return [...filters.values()].map(({ name, operator, field }) => ({
    name,
    isRequired: false,
    schema: operators[operator].takes === 'values' ? listSchema(field.schema) : field.schema,
    describe: operators[operator].describe,
  }))
}

function listSchema(items: JsonSchema): JsonSchema {
  return { type: 'array', items, minItems: 1, maxItems: mostListValues }
}

/** What a name with an unknown operator could have meant: known only where its column may be read. */
export function operatorsAt(filters: ReadonlyMap<string, Filter>, name: string): readonly string[] {
  const base = /^([^[]+)\[/.exec(name)?.[1]
  return base === undefined ? [] : [...filters.keys()].filter((known) => known === base || known.startsWith(`${base}[`))
}
