import { columnField } from '../../dto/index.ts'
import type { ColumnField, JsonSchema } from '../../dto/index.ts'
import { columnFactsOf, text as anyText, boolean, isItemKind } from '../../model/index.ts'
import type { ColumnFact, ColumnKind, ColumnType } from '../../model/index.ts'
import type { QueryParameter } from '../query-values.ts'
import type { ReadableColumn } from './readable-columns.ts'

/** Values in one list. */
export const mostListValues = 500

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

export interface OperatorFacts {
  /** One value of the column or several, items of one, or something of its own. */
  readonly takes: 'value' | 'values' | 'item' | 'items' | 'text' | 'flag'
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
  endsWith: { takes: 'text', condition: 'endsWith', describe: 'It ends with the text, letter for letter' },
  has: { takes: 'item', condition: 'has', describe: 'It has this item' },
  hasAny: { takes: 'items', condition: 'hasAny', describe: 'It has one of these items; the name is repeated for each' },
  hasAll: {
    takes: 'items',
    condition: 'hasAll',
    describe: 'It has each of these items; the name is repeated for each',
  },
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

/** What an operator takes, and what it is called in the terms of a DAO. */
export function operatorFacts(operator: FilterOperator): OperatorFacts {
  return operators[operator]
}

/** Whether an operator takes several values, each by the name again. */
export function takesMany(operator: FilterOperator): boolean {
  const { takes } = operatorFacts(operator)
  return takes === 'values' || takes === 'items'
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
  const chosen = new Set<FilterOperator>([...operatorsOfType(column.type), ...column.filterable])
  if (column.nullable) chosen.add('null')
  return (Object.keys(operators) as FilterOperator[]).filter((operator) => chosen.has(operator))
}

/** Items whose JSON has one spelling can be looked for in an array. */
function operatorsOfType(type: ColumnType): readonly FilterOperator[] {
  const isHeld = type.kind === 'array' && isItemKind(type.item.kind)
  return isHeld ? ['has', 'hasAny', 'hasAll'] : operatorsOfKind[type.kind]
}

/** A filter may ask for what a rule keeps out: nothing is found then. Of an array it asks for items. */
function looseField(column: ColumnFact): ColumnField {
  const own = column.type.kind === 'array' ? column.type.item : column.type
  const type = own.kind === 'text' ? ({ kind: 'text', maxLength: null } as const) : own
  return columnField({ ...column, type, nullable: false, rules: [], itemRules: [], foldedInto: null }, false)
}

/** A text of any length, and true or false, which operators take whatever the column. */
export const [textField, flagField] = columnFactsOf({ text: anyText(), flag: boolean() }).map((column) =>
  columnField(column, false),
) as [ColumnField, ColumnField]
const ownFields: Readonly<Partial<Record<OperatorFacts['takes'], ColumnField>>> = {
  text: textField,
  flag: flagField,
}

/** The filters as parameters, for the documentation. */
export function filterParameters(filters: ReadonlyMap<string, Filter>): readonly QueryParameter[] {
  return [...filters.values()].map(({ name, column, operator, field }) => ({
    name,
    isRequired: false,
    schema: takesMany(operator) ? listSchema(field.schema) : field.schema,
    describe: describeOf(column, operators[operator]),
  }))
}

function listSchema(items: JsonSchema): JsonSchema {
  return { type: 'array', items, minItems: 1, maxItems: mostListValues }
}

function describeOf({ foldedInto }: ColumnFact, { takes, describe }: OperatorFacts): string {
  return takes === 'text' && foldedInto !== null ? describe.replace('letter for letter', 'without case') : describe
}
