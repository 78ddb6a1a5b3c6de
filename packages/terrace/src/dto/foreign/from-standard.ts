import { issueText } from '../../errors/index.ts'
import type { Issue } from '../../errors/index.ts'
import type { JsonSchema } from '../json-schema.ts'
import { pointerTo } from '../pointer.ts'
import { shapeError } from '../shape-error.ts'
import type { ForeignShape, Parsed } from '../shape.ts'
import { describedSchema } from './described-schema.ts'
import { discreet } from './discreet.ts'
import { foreignMismatch, leavingJson } from './mismatch.ts'
import type { StandardInput, StandardIssue, StandardOutput, StandardResult, StandardSchema } from './standard-schema.ts'

const mostIssues = 50

export interface ForeignOptions {
  /** The name of its schema in OpenAPI; default: it stands where it is used. */
  readonly name?: string
}

/**
 * A shape from a schema of any library that implements Standard Schema and describes itself by `~standard.jsonSchema`: zod 4.2,
 * ArkType 2.1.28, valibot through `toStandardJsonSchema()`, and those after them.
 *
 * A handler gets what validation makes of the body, and gives what validation takes; its defaults and conversions are the
 * schema's own. `SHAPE_DECLARATION` for a schema that does not describe itself or cannot be written as JSON Schema.
 */
export function fromStandard<S extends StandardSchema>(
  schema: S,
  { name = null }: { readonly name?: string | null } = {},
): ForeignShape<StandardOutput<S>, StandardInput<S>> {
  const { validate } = schema['~standard']
  const check = (value: unknown) => validate.call(schema['~standard'], value)
  return Object.freeze({
    kind: 'foreign',
    name,
    schema: jsonSchemaOf(schema, 'input'),
    answered: jsonSchemaOf(schema, 'output'),
    parse: (json: unknown, place: Issue['in']) => after(check(json), (result) => parsed(result, json, place)),
    render: (value: unknown) => after(check(value), (result) => rendered(result, name)),
  } satisfies ForeignShape) as ForeignShape<StandardOutput<S>, StandardInput<S>>
}

/** At once where the validator answers at once. */
function after<A, B>(value: A | Promise<A>, step: (value: A) => B): B | Promise<B> {
  return value instanceof Promise ? value.then((settled) => step(settled)) : step(value)
}

function parsed(result: StandardResult<unknown>, json: unknown, place: Issue['in']): Parsed<unknown> {
  if (result.issues === undefined) return { ok: true, value: result.value }
  const issues = result.issues.slice(0, mostIssues).map((issue) => issueOf(issue, json, place))
  return { ok: false, issues }
}

function issueOf({ message: words, path = [] }: StandardIssue, json: unknown, place: Issue['in']): Issue {
  // ArkType's paths are a class of their own, whose `map` makes further paths.
  const steps = Array.from(path, (step) => String(typeof step === 'object' ? step.key : step))
  const message = discreet(words, steps.reduce(partOf, json))
  return { in: place, path: steps.reduce(pointerTo, ''), code: 'SCHEMA', message, zh: issueText('misfit').zh }
}

function partOf(value: unknown, step: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[step] : undefined
}

function rendered(result: StandardResult<unknown>, name: string | null): unknown {
  if (result.issues === undefined) return leavingJson(name, result.value)
  const [first] = result.issues
  const { path } = issueOf(first ?? { message: '' }, undefined, 'body')
  throw foreignMismatch(name, path, 'refused by its schema')
}

function jsonSchemaOf(schema: StandardSchema, side: 'input' | 'output'): JsonSchema {
  const { vendor, jsonSchema } = schema['~standard']
  const where = `the ${vendor} schema`
  if (jsonSchema === undefined) throw shapeError([undescribed(where)])
  try {
    return describedSchema(jsonSchema[side]({ target: 'draft-2020-12' }))
  } catch (cause) {
    const problem = `its ${side} cannot be written as JSON Schema`
    throw shapeError([{ where, problem, remedy: 'Use types that JSON has, and convert them in the handler' }], cause)
  }
}

function undescribed(where: string) {
  return {
    where,
    problem: 'it does not describe itself: it has no ~standard.jsonSchema',
    remedy:
      'Use zod 4.2, ArkType 2.1.28 or newer, wrap a valibot schema by toStandardJsonSchema() of @valibot/to-json-schema, ' +
      'or give fromJsonSchema(schema)',
  }
}
