import { parseText } from '../dto/index.ts'
import type { JsonSchema, Shape, ShapeField } from '../dto/index.ts'
import { errors } from '../errors/index.ts'
import type { Issue } from '../errors/index.ts'
import type { QueryTexts } from './query-string.ts'

/** One name that a query may have. */
export interface QueryParameter {
  readonly name: string
  readonly isRequired: boolean
  readonly schema: JsonSchema
  readonly describe: string | null
}

/** Reads the query of a route: unknown names are `UNKNOWN_QUERY`, bad values `VALIDATION`. */
export interface QueryReader {
  readonly parameters: readonly QueryParameter[]
  read(texts: QueryTexts): unknown
}

/** A query as the values of a shape; each name at most once. */
export function shapeQuery({ fields }: Pick<Shape, 'fields'>): QueryReader {
  const parameters = [...fields.values()].map(parameterOf)
  const read = (texts: QueryTexts): Readonly<Record<string, unknown>> => {
    refuseUnknownNames(texts, fields)
    const issues: Issue[] = []
    const values: Record<string, unknown> = {}
    for (const field of fields.values()) readField(field, texts, { values, issues })
    if (issues.length > 0) throw errors.VALIDATION({ issues })
    return values
  }
  return { parameters, read }
}

function parameterOf({ name, required, schema, column }: ShapeField): QueryParameter {
  return { name, isRequired: required, schema, describe: column.describe }
}

interface Reading {
  readonly values: Record<string, unknown>
  readonly issues: Issue[]
}

function readField(field: ShapeField, texts: QueryTexts, { values, issues }: Reading): void {
  const given = texts.get(field.name)
  if (given === undefined) {
    if (field.required) issues.push(queryIssue(field.name, 'REQUIRED', 'is required'))
    return
  }
  if (given.length > 1) {
    issues.push(repeated(field.name))
    return
  }
  const parsed = parseText(field, given[0] as string, 'query')
  if (parsed.ok) values[field.name] = parsed.value
  else issues.push(...parsed.issues)
}

/** Unknown, hidden and unreadable names get the same answer, which says nothing about which of them it is. */
export function refuseUnknownNames(texts: QueryTexts, known: { has(name: string): boolean }): void {
  const unknown = [...texts.keys()].filter((name) => !known.has(name))
  if (unknown.length === 0) return
  throw errors.UNKNOWN_QUERY({
    issues: unknown.slice(0, 50).map((name) => queryIssue(shortened(name), 'UNKNOWN', 'is not known here')),
  })
}

function shortened(name: string): string {
  return name.length <= 60 ? name : `${name.slice(0, 60)}…`
}

export function queryIssue(name: string, code: string, message: string): Issue {
  return { in: 'query', path: `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, code, message }
}

export function repeated(name: string): Issue {
  return queryIssue(name, 'REPEATED', 'may be given once')
}
