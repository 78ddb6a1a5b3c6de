import { nearestName } from '../model/index.ts'
import type { Issue } from '../errors/index.ts'
import type { Shape, ShapeField } from './shape.ts'

/** Either the value of a shape or what stands against it, at most 50 issues. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly issues: readonly Issue[] }

const mostIssues = 50

/**
 * Reads JSON as the value of a shape: every property known, of its wire type, within its rules. All issues are found at
 * once. Strings are never trimmed or changed; an absent property stays absent and is not null.
 */
export function parseShape<T>(shape: Shape<T>, json: unknown, place: Issue['in'] = 'body'): Parsed<T> {
  if (!isPlainObject(json)) return refused([issue(place, '', 'TYPE', 'must be an object')])
  const issues: Issue[] = []
  const value: Record<string, unknown> = {}
  for (const name of Object.keys(json)) {
    const field = shape.fields.get(name)
    if (field === undefined) issues.push(unknownProperty(shape, name, place))
    else collect(parseField(field, json[name], place), value, field, issues)
    if (issues.length >= mostIssues) return refused(issues)
  }
  for (const field of shape.fields.values())
    if (field.required && !Object.hasOwn(json, field.name))
      issues.push(issue(place, pointer(field.name), 'REQUIRED', 'is required'))
  return issues.length === 0 ? { ok: true, value: value as T } : refused(issues)
}

/** Reads one property of a shape from JSON. */
export function parseField(field: ShapeField, json: unknown, place: Issue['in']): Parsed<unknown> {
  const path = pointer(field.name)
  if (json === null)
    return field.column.nullable ? { ok: true, value: null } : refused([issue(place, path, 'NULL', 'must not be null')])
  const value = field.wire.parse(json)
  return checkedField(field, value, place)
}

/** Reads one property of a shape from the text of a path or a query. */
export function parseText(field: ShapeField, text: string, place: Issue['in']): Parsed<unknown> {
  return checkedField(field, field.wire.fromText(text), place)
}

function checkedField(field: ShapeField, value: unknown, place: Issue['in']): Parsed<unknown> {
  if (value === undefined) return refused([issue(place, pointer(field.name), 'TYPE', `must be ${typeName(field)}`)])
  const violation = field.check(value)
  return violation === null
    ? { ok: true, value }
    : refused([issue(place, violation.path, violation.code, violation.message)])
}

function collect(parsed: Parsed<unknown>, value: Record<string, unknown>, field: ShapeField, issues: Issue[]): void {
  if (parsed.ok) value[field.name] = parsed.value
  else issues.push(...parsed.issues)
}

function unknownProperty(shape: Shape, name: string, place: Issue['in']): Issue {
  const nearest = nearestName(name, [...shape.fields.keys()])
  return issue(
    place,
    pointer(name),
    'UNKNOWN',
    nearest === null ? 'is not known here' : `is not known here; did you mean ${nearest}?`,
  )
}

function typeName({ column }: ShapeField): string {
  return column.type.kind === 'timestamp'
    ? 'an RFC 3339 instant with its offset'
    : `a value of type ${column.type.kind}`
}

function issue(place: Issue['in'], path: string, code: string, message: string): Issue {
  return { in: place, path, code, message }
}

function refused(issues: readonly Issue[]): { readonly ok: false; readonly issues: readonly Issue[] } {
  return { ok: false, issues: issues.slice(0, mostIssues) }
}

function isPlainObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

/** RFC 6901. */
function pointer(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
}
