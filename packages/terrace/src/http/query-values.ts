import { inWire, parseText } from '../dto/index.ts'
import type { ColumnField, JsonSchema, ObjectShape, ReadableRelation } from '../dto/index.ts'
import { errors, issueText } from '../errors/index.ts'
import type { Issue, IssueText } from '../errors/index.ts'
import { columnFields } from './column-fields.ts'
import type { QueryTexts } from './query-string.ts'
import type { WireContext } from './wire-context.ts'

/** One name that a query may have, as it travels. */
export interface QueryParameter {
  readonly name: string
  readonly isRequired: boolean
  readonly schema: JsonSchema
  readonly describe: string | null
  /** An object of which each property is a parameter: `name[property]=value`. Default a value, or a list of them. */
  readonly isObject?: boolean
}

/** What of a row a client may ask for. */
export interface Selection {
  /** The whole row, as it travels, without anything included. */
  readonly shape: ObjectShape
  readonly relations: readonly ReadableRelation[]
  /** Whether `fields` may leave properties out. */
  readonly hasFields: boolean
}

/** Reads the query of a route: unknown names are `UNKNOWN_QUERY`, bad values `VALIDATION`. */
export interface QueryReader {
  readonly parameters: readonly QueryParameter[]
  /** Null where a client has no choice. */
  readonly selection: Selection | null
  read(texts: QueryTexts): unknown
}

/** A query as it is declared; how its names travel is known when the app is put together. */
export type QuerySource = (wire: WireContext) => QueryReader

/** A query as the values of a shape; each name at most once. */
export function shapeQuery(shape: ObjectShape): QuerySource {
  return ({ names }) => shapeReader(inWire(shape, names))
}

function shapeReader(shape: ObjectShape): QueryReader {
  const fields = columnFields(shape)
  const read = (texts: QueryTexts): Readonly<Record<string, unknown>> => {
    refuseUnknownNames(texts, shape.keys)
    const issues: Issue[] = []
    const values: Record<string, unknown> = {}
    for (const field of fields) readField(field, texts, { values, issues })
    if (issues.length > 0) throw errors.VALIDATION({ issues })
    return values
  }
  return { parameters: fields.map(parameterOf), selection: null, read }
}

function parameterOf({ key, required, schema, describe }: ColumnField): QueryParameter {
  return { name: key, isRequired: required, schema, describe }
}

interface Reading {
  readonly values: Record<string, unknown>
  readonly issues: Issue[]
}

function readField(field: ColumnField, texts: QueryTexts, { values, issues }: Reading): void {
  const given = texts.get(field.key)
  if (given === undefined) {
    if (field.required) issues.push(queryIssue(field.key, issueText('required')))
    else if (field.fallback !== undefined) values[field.name] = field.fallback()
    return
  }
  if (given.length > 1) {
    issues.push(repeated(field.key))
    return
  }
  const parsed = parseText(field, given[0] as string, 'query')
  if (parsed.ok) values[field.name] = parsed.value
  else issues.push(...parsed.issues)
}

type KnownNames = Pick<ReadonlyMap<string, unknown>, 'has' | 'keys'>

/**
 * Unknown, hidden and unreadable names get the same answer, which says nothing about which of them it is, but which ones are
 * known: all of them, or what `knownFor` gives for a name.
 */
export function refuseUnknownNames(
  texts: QueryTexts,
  known: KnownNames,
  knownFor = (_name: string): Iterable<string> => known.keys(),
): void {
  const unknown = [...texts.keys()].filter((name) => !known.has(name))
  if (unknown.length === 0) return
  throw errors.UNKNOWN_QUERY({
    issues: unknown.slice(0, mostUnknown).map((name) => {
      const list = [...knownFor(name)].join(', ') || 'none'
      return queryIssue(shortened(name), issueText('unknownAmong', { known: list }))
    }),
  })
}

// Each says what is known instead: a query of thousands of names must not make an answer of thousands of lists.
const mostUnknown = 10

/** A name as it is repeated to whoever sent it. */
export function shortened(name: string): string {
  return name.length <= longestName ? name : `${name.slice(0, longestName)}…`
}

const longestName = 120

export function queryIssue(name: string, text: IssueText): Issue {
  return { in: 'query', path: `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, ...text }
}

export function repeated(name: string): Issue {
  return queryIssue(name, issueText('givenOnce'))
}
