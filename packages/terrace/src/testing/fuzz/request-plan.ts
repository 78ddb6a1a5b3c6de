import type * as fastCheck from 'fast-check'
import type { Arbitrary } from 'fast-check'
import type { ApiOperation, ApiParameter, ApiSchema } from './api-document.ts'
import { Earlier } from './schema-values.ts'
import type { SchemaValues } from './schema-values.ts'

type FastCheck = typeof fastCheck

/** A request before it is known what earlier ones answered. */
export interface RequestPlan {
  readonly operation: ApiOperation
  /** Who sends it, among the callers. */
  readonly caller: number
  /** Which earlier row its path names; null: whatever `path` says. */
  readonly row: number | null
  readonly path: Readonly<Record<string, unknown>>
  readonly query: readonly (readonly [name: string, value: unknown])[]
  /** Undefined sends none. */
  readonly body: unknown
  /** Which body of those that succeeded is sent again, with one property of `body`; null: `body` as it is. */
  readonly again: number | null
  readonly headers: Readonly<Record<string, string>>
}

/** Requests that mostly fit their operation; some break it in one place, a few altogether. */
export function requestPlans(
  fc: FastCheck,
  operations: readonly ApiOperation[],
  values: SchemaValues,
): Arbitrary<RequestPlan> {
  const weighted = operations.map((operation) => ({
    arbitrary: planOf(fc, operation, values),
    weight: weightOf(operation),
  }))
  return fc.oneof(...weighted)
}

/** What creates rows comes often and what removes them seldom, so that there is something to read. */
function weightOf({ method, path }: ApiOperation): number {
  if (method === 'POST') return path.endsWith('}') || /\}\/[^{]+$/.test(path) ? 3 : 6
  return method === 'DELETE' ? 1 : 3
}

function planOf(fc: FastCheck, operation: ApiOperation, values: SchemaValues): Arbitrary<RequestPlan> {
  const inPath = operation.parameters.filter((parameter) => parameter.in === 'path')
  const parts = fc.record({
    caller: fc.nat(1_000),
    row: fc.oneof({ arbitrary: fc.nat(1_000), weight: 9 }, { arbitrary: fc.constant(null), weight: 1 }),
    path: fc.record(
      Object.fromEntries(inPath.map(({ name, schema = {} }) => [name, wild(fc, values.of(schema, name))])),
    ),
    query: queryOf(fc, operation, values),
    body: bodyOf(fc, operation.body, values),
    again: operation.body === null ? fc.constant(null) : fc.option(fc.nat(1_000)),
    headers: headersOf(fc),
  })
  // A failure prints the requests as they were sent; of a plan its name is enough.
  return parts.map((plan) => ({ ...plan, operation, [fc.toStringMethod]: () => operation.operationId }))
}

/** Mostly what fits; else a text that hardly does. */
function wild(fc: FastCheck, fitting: Arbitrary<unknown>): Arbitrary<unknown> {
  const odd = fc.constantFrom('0', '-1', 'null', '%', '..', ' ', "' OR 1=1 --", '1e9', 'é', '\u202e', '[object Object]')
  return fc.oneof({ arbitrary: fitting, weight: 12 }, { arbitrary: odd, weight: 1 })
}

function queryOf(fc: FastCheck, { parameters }: ApiOperation, values: SchemaValues): Arbitrary<RequestPlan['query']> {
  const known = parameters.filter((parameter) => parameter.in === 'query')
  const plain = known.filter(({ style }) => style !== 'deepObject')
  const valueOf = (parameter: ApiParameter): Arbitrary<Pair> =>
    parameter.style === 'deepObject' ? propertyOf(fc, parameter, { plain, values }) : pairOf(fc, parameter, values)
  const needed = known.filter(({ required = false }) => required).map(valueOf)
  const optional = known.filter(({ required = false }) => !required).map(valueOf)
  const unknown = fc.tuple(fc.constantFrom('tokenHash', '__proto__', 'constructor', 'x', 'deletedAt'), fc.string())
  const some = optional.length === 0 ? fc.constant([]) : fc.array(fc.oneof(...optional), { maxLength: 2 })
  const stray = fc.oneof({ arbitrary: fc.constant([]), weight: 15 }, { arbitrary: fc.tuple(unknown), weight: 1 })
  return fc.tuple(fc.tuple(...needed), some, stray).map((parts) => parts.flat())
}

type Pair = readonly [name: string, value: unknown]

function pairOf(fc: FastCheck, { name, schema = {} }: ApiParameter, values: SchemaValues): Arbitrary<Pair> {
  return wild(fc, values.of(schema, name.replace(/\[.*$/, ''))).map((value) => [name, value])
}

interface Properties {
  /** The parameters that are no objects. */
  readonly plain: readonly ApiParameter[]
  readonly values: SchemaValues
}

/**
 * One property of an object: named as its schema says, or, where that takes it, by another parameter, as the conditions of a list are
 * named in its groups: `or[a.kcal100g.gte]`.
 */
function propertyOf(
  fc: FastCheck,
  { name, schema = {} }: ApiParameter,
  { plain, values }: Properties,
): Arbitrary<Pair> {
  const { propertyNames = {}, additionalProperties } = schema
  const inside = (key: string): string => `${name}[${key}]`
  const own = fc.tuple(
    wild(fc, values.of({ type: 'string', ...propertyNames })).map((key) => inside(String(key))),
    wild(fc, values.of(typeof additionalProperties === 'object' ? additionalProperties : {})),
  )
  const pattern = new RegExp(propertyNames.pattern ?? '')
  const takes = (key: string): boolean => pattern.test(key)
  const others = plain.flatMap((parameter) => {
    const path = parameter.name.replace('[', '.').replace(']', '')
    return [path, `a.${path}`, `b.${path}`]
      .filter(takes)
      .map((key) => pairOf(fc, parameter, values).map(([, value]): Pair => [inside(key), value]))
  })
  return others.length === 0
    ? own
    : fc.oneof({ arbitrary: own, weight: 1 }, { arbitrary: fc.oneof(...others), weight: 4 })
}

function bodyOf(fc: FastCheck, schema: ApiSchema | null, values: SchemaValues): Arbitrary<unknown> {
  if (schema === null) return fc.constant(undefined)
  const fitting = values.of(schema)
  const broken = fc
    .tuple(fitting, fc.string(), fc.nat(1_000), oddJson(fc))
    .map(([body, name, at, odd]) => brokenBody(body, { name, at, odd }))
  const raw = fc.constantFrom(
    '',
    '{',
    '[]',
    'null',
    '"text"',
    '1',
    '{"a":1,"a":2}',
    '\u0000',
    '{"__proto__":{"x":1}}',
    '['.repeat(50),
  )
  return fc.oneof(
    { arbitrary: fitting, weight: 16 },
    { arbitrary: broken, weight: 3 },
    { arbitrary: raw.map((text) => new RawBody(text)), weight: 1 },
  )
}

/** Sent as it is. */
export class RawBody {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

function oddJson(fc: FastCheck): Arbitrary<unknown> {
  const odd = fc.constantFrom<unknown>(
    null,
    '',
    -1,
    1.5,
    1e308,
    2 ** 53,
    true,
    {},
    [],
    '\u0000',
    '\ud800',
    'x'.repeat(5_000),
    [[[]]],
    { $gt: 0 },
  )
  return fc.oneof(odd, fc.jsonValue({ maxDepth: 2 }), fc.string({ unit: 'binary' }))
}

interface Break {
  readonly name: string
  readonly at: number
  readonly odd: unknown
}

/** One property left out, replaced or added. */
function brokenBody(body: unknown, { name, at, odd }: Break): unknown {
  if (typeof body !== 'object' || body === null || body instanceof Earlier) return odd
  const names = Object.keys(body)
  const chosen = names[at % Math.max(1, names.length)]
  if (at % 3 === 0 || chosen === undefined) return { ...body, [name]: odd }
  if (at % 3 === 1) return { ...body, [chosen]: odd }
  return Object.fromEntries(Object.entries(body).filter(([key]) => key !== chosen))
}

function headersOf(fc: FastCheck): Arbitrary<Readonly<Record<string, string>>> {
  const odd = fc.constantFrom<Readonly<Record<string, string>>>(
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/json; charset=latin1' },
    { authorization: 'Bearer none' },
    { authorization: 'Basic eDp5' },
    { 'accept-language': 'zh-CN,zh;q=0.9' },
    { accept: 'image/png' },
    { 'if-match': '"x"' },
  )
  return fc.oneof({ arbitrary: fc.constant({}), weight: 19 }, { arbitrary: odd, weight: 1 })
}
