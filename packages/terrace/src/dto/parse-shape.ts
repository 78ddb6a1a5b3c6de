import { nearestName } from '../model/index.ts'
import { issueText } from '../errors/index.ts'
import type { Issue, IssueText } from '../errors/index.ts'
import { pointerTo } from './pointer.ts'
import { namesOf, variantIssues } from './variants.ts'
import type { ColumnField, ListShape, ObjectShape, Parsed, Shape, ShapeField } from './shape.ts'

const mostIssues = 50

export interface ParseOptions {
  /** What becomes of properties that the shape does not name. Default `refuse`; a foreign shape has a rule of its own. */
  readonly unknown?: 'refuse' | 'drop'
}

/** Where a value stands: the place it was sent in and the JSON pointer to it. */
interface At {
  readonly place: Issue['in']
  readonly pointer: string
}

/**
 * Reads JSON as the value of a shape: every property known, of its wire type, within its rules. All issues are found at
 * once. Strings are never trimmed or changed; an absent property stays absent and is not null.
 */
export function parseShape<T>(
  shape: ObjectShape<T> | ListShape<T>,
  json: unknown,
  place: Issue['in'] = 'body',
  { unknown = 'refuse' }: ParseOptions = {},
): Parsed<T> {
  const reading = new Reading(place, unknown)
  const value = reading.value(shape, json, '')
  const { issues } = reading
  return issues.length === 0 ? { ok: true, value: value as T } : { ok: false, issues: issues.slice(0, mostIssues) }
}

/** As `parseShape`, for shapes that may take their time to check as well. */
export function parseAnyShape<T>(
  shape: Shape<T>,
  json: unknown,
  place: Issue['in'] = 'body',
  options: ParseOptions = {},
): Parsed<T> | Promise<Parsed<T>> {
  return shape.kind === 'foreign' ? shape.parse(json, place) : parseShape(shape, json, place, options)
}

/** Reads one column of a shape from the text of a path or a query. */
export function parseText(field: ColumnField, text: string, place: Issue['in']): Parsed<unknown> {
  const reading = new Reading(place)
  const value = reading.checked(field, field.wire.fromText(text), pointerTo('', field.key))
  return reading.issues.length === 0 ? { ok: true, value } : { ok: false, issues: reading.issues }
}

class Reading {
  readonly issues: Issue[] = []
  readonly #place: Issue['in']
  readonly #dropsUnknown: boolean

  constructor(place: Issue['in'], unknown: 'refuse' | 'drop' = 'refuse') {
    this.#place = place
    this.#dropsUnknown = unknown === 'drop'
  }

  value(shape: Shape, json: unknown, at: At['pointer']): unknown {
    if (shape.kind === 'list') return this.#list(shape, json, at)
    if (shape.kind === 'object') return this.#object(shape, json, at)
    throw new TypeError('A foreign shape checks itself and cannot stand within another one')
  }

  checked(field: ColumnField, value: unknown, at: string): unknown {
    if (value === undefined) return this.#refuse(at, typeText(field))
    const violation = field.check(value)
    if (violation === null) return value
    // A rule on the items of an array says which one.
    const within = violation.path.slice(pointerTo('', field.name).length)
    return this.#refuse(`${at}${within}`, violation)
  }

  #object(shape: ObjectShape, json: unknown, at: string): unknown {
    if (!isPlainObject(json)) return this.#refuse(at, issueText('object'))
    const value: Record<string, unknown> = {}
    for (const key of Object.keys(json)) {
      const field = shape.keys.get(key)
      if (field === undefined || field.kind === 'computed') this.#unknown(shape, key, at)
      else value[field.name] = this.#field(field, json[key], pointerTo(at, key))
      if (this.issues.length >= mostIssues) return undefined
    }
    for (const field of shape.fields.values()) if (!Object.hasOwn(json, field.key)) this.#absent(field, value, at)
    for (const { field, ...text } of variantIssues(shape, ({ key }) => (json[key] ?? null) !== null))
      this.#refuse(pointerTo(at, field.key), text)
    for (const name of namesOf(shape.variants)) if (value[name] === null) delete value[name]
    return value
  }

  #absent(field: ShapeField, value: Record<string, unknown>, at: string): void {
    if (field.required) this.#refuse(pointerTo(at, field.key), issueText('required'))
    else if (field.kind === 'column' && field.fallback !== undefined) value[field.name] = field.fallback()
  }

  #field(field: Exclude<ShapeField, { readonly kind: 'computed' }>, json: unknown, at: string): unknown {
    if (json === null) return field.nullable ? null : this.#refuse(at, issueText('notNull'))
    return field.kind === 'nested' ? this.value(field.shape, json, at) : this.checked(field, field.wire.parse(json), at)
  }

  #list({ item, bounds: { atLeast = 0, atMost = Infinity } }: ListShape, json: unknown, at: string): unknown {
    if (!Array.isArray(json)) return this.#refuse(at, issueText('array'))
    if (json.length < atLeast) return this.#refuse(at, issueText('itemsAtLeast', { min: atLeast }))
    if (json.length > atMost) return this.#refuse(at, issueText('itemsAtMost', { max: atMost }))
    const values: unknown[] = []
    for (const [index, entry] of json.entries()) {
      values.push(this.value(item, entry, `${at}/${index}`))
      if (this.issues.length >= mostIssues) return undefined
    }
    return values
  }

  #unknown(shape: ObjectShape, key: string, at: string): void {
    if (this.#dropsUnknown) return
    const nearest = nearestName(key, [...shape.keys.keys()])
    const text = nearest === null ? issueText('unknown') : issueText('unknownNear', { nearest })
    this.#refuse(pointerTo(at, key), text)
  }

  #refuse(path: string, { code, message, zh }: Pick<Issue, 'code' | 'message' | 'zh'>): undefined {
    this.issues.push({ in: this.#place, path, code, message, ...(zh === undefined ? {} : { zh }) })
  }
}

function typeText({ column: { type } }: ColumnField): IssueText {
  if (type.kind === 'timestamp') return issueText('instant')
  if (type.kind === 'decimal') return issueText(type.json === 'number' ? 'finiteNumber' : 'decimal')
  return issueText('ofType', { type: type.kind })
}

function isPlainObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}
