import type { OperationNode, OrderByNode } from 'kysely'

/** What `datePart` takes out of an instant or a day, in UTC. Weeks are those of ISO 8601: from Monday, 1 to 53. */
export const dateParts = [
  'year',
  'quarter',
  'month',
  'day',
  'hour',
  'minute',
  'second',
  'isoYear',
  'isoWeek',
  'isoDayOfWeek',
  'dayOfYear',
] as const
export type DatePart = (typeof dateParts)[number]

/** What `dateTrunc` cuts to. */
export const dateUnits = ['year', 'quarter', 'month', 'isoWeek', 'day', 'hour', 'minute', 'second'] as const
export type DateUnit = (typeof dateUnits)[number]

/** Parts and units that a day has not. */
export const unitsOfDay: ReadonlySet<string> = new Set(['hour', 'minute', 'second'])

/** As what `jsonPath` reads a value. */
export const jsonTypes = ['text', 'number', 'boolean', 'json'] as const
export type JsonType = (typeof jsonTypes)[number]

/** How a point in time is held: a `Date`, an ISO string in microseconds, or a day. */
export type TemporalKind = 'instant' | 'microseconds' | 'day'

export interface Temporal {
  readonly node: OperationNode
  readonly kind: TemporalKind
}

/** A step of a path into json: the property of an object, or the place in an array, as a parameter too. */
export interface JsonStep {
  readonly part: string | number
  readonly parameter: OperationNode
}

export interface JsonPath {
  readonly document: OperationNode
  readonly steps: readonly JsonStep[]
  /** A parameter of the statement, for engines that take a path as one text. */
  parameter(text: string): OperationNode
}

/** What sort of value travels inside JSON: each is written so that nothing is lost, and read as a driver would have given it. */
export type CarriedKind =
  | 'text'
  /** Within 32 bits. */
  | 'integer'
  /** Of 64 bits and more. */
  | 'whole'
  | 'decimal'
  | 'float'
  | 'boolean'
  | TemporalKind
  | 'time'
  | 'json'
  | 'bytes'
  /** Rows of a nested query: JSON already. */
  | 'rows'

export interface Carrying {
  /** What the value becomes before it is put into an array; null: as it is. */
  readonly write: ((value: OperationNode) => OperationNode) | null
  /** From the value in the parsed JSON to the driver's; null: as it is. */
  readonly read: ((json: never) => unknown) | null
}

/** The end of a query whose rows are gathered in the query itself. */
export interface GatheredEnding {
  readonly orderBy: OrderByNode | null
  readonly limit: number | bigint | null
  readonly offset: number | bigint | null
}

/** How one engine says what the helpers of queries mean. Each node given is one operand: no parentheses are needed around it. */
export interface HelperRenderings {
  readonly carried: { readonly [K in CarriedKind]: Carrying }
  /** The values of one row as a JSON array. */
  row(values: readonly OperationNode[]): OperationNode
  /** All rows of the query around it as one JSON array, never NULL; `ending` null: in the order in which they come. */
  rows(row: OperationNode, ending: GatheredEnding | null): OperationNode
  /** The rows in what `rows` gave; null where the engine has cut some off. */
  rowsIn(json: readonly unknown[]): readonly unknown[] | null
  /** A whole number. */
  datePart(part: DatePart, value: Temporal): OperationNode
  /** A value of the same kind. */
  dateTrunc(unit: DateUnit, value: Temporal): OperationNode
  /** The properties that a path of this engine can name. */
  canName(property: string): boolean
  /**
   * The time by the database's own clock in microseconds since 1970, a whole number. Of the moment, not of the beginning of the
   * statement: one that has waited for a row would decide by a time that is past. */
  readonly clockMicros: OperationNode
  /** NULL where there is nothing at the path, JSON's null, or a value of another type. */
  jsonPath(path: JsonPath, type: JsonType): OperationNode
  /** Whether an array as JSON holds all items of another, which are texts, whole numbers or booleans; NULL where the first is. */
  holds(array: OperationNode, items: OperationNode): OperationNode
  /** NULL where one is. */
  concat(texts: readonly OperationNode[]): OperationNode
  /** In code points. */
  textLength(text: OperationNode): OperationNode
  /** Whether the texts, taken as one, hold the words asked for; null where the engine needs more than the columns for it. */
  readonly search: ((texts: readonly OperationNode[], words: OperationNode) => OperationNode) | null
}
