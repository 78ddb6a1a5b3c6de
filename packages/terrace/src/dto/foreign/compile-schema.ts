import { createRequire } from 'node:module'
import type * as ajv2020 from 'ajv/dist/2020.js'
import type formats from 'ajv-formats'
import { issueText } from '../../errors/index.ts'
import type { Issue, IssueText } from '../../errors/index.ts'
import type { JsonSchema } from '../json-schema.ts'
import { pointerTo } from '../pointer.ts'
import { shapeError } from '../shape-error.ts'

/** One rule of a schema that a value breaks. */
export type Fault = Omit<Issue, 'in'>

const mostFaults = 50
/** A list of many wrong items would make an error for each, only for most of them to be dropped. */
const mostValuesForAllFaults = 2000

/** The check of one JSON Schema 2020-12, compiled: at most 50 faults, none for a value that fits. */
export function compileSchema(schema: JsonSchema): (json: unknown) => readonly Fault[] {
  const first = compiled(schema, false)
  let all: ajv2020.ValidateFunction | null = null
  return (json) => {
    if (first(json)) return []
    if (countValues(json) > mostValuesForAllFaults) return faultsOf(first.errors)
    all ??= compiled(schema, true)
    all(json)
    return faultsOf(all.errors)
  }
}

function compiled(schema: JsonSchema, allErrors: boolean): ajv2020.ValidateFunction {
  try {
    return newAjv(schema, allErrors).compile(schema)
  } catch (cause) {
    const problem = `it cannot be used: ${(cause as Error).message}`
    const remedy = 'Write JSON Schema 2020-12 whose references point into the schema itself'
    throw shapeError([{ where: 'the JSON Schema', problem, remedy }], cause)
  }
}

/** Loaded by the first schema that needs it: most apps derive all of theirs. */
function newAjv(schema: JsonSchema, allErrors: boolean): ajv2020.Ajv2020 {
  const require = createRequire(import.meta.url)
  const { Ajv2020 } = require('ajv/dist/2020.js') as typeof ajv2020
  const addFormats = require('ajv-formats') as typeof formats
  const ajv = new Ajv2020({ ...strictness, allErrors })
  addFormats.default(ajv)
  return ajv.addVocabulary([...annotationsOfOpenApi, ...extensionsIn(schema)])
}

const strictness = {
  // An unknown keyword or format would check nothing, in silence.
  strictSchema: true,
  strictTypes: false,
  strictTuples: false,
  strictRequired: false,
  logger: false,
} as const

const annotationsOfOpenApi = ['discriminator', 'example', 'externalDocs', 'xml'] as const

function extensionsIn(schema: JsonSchema): readonly string[] {
  const names = new Set<string>()
  JSON.stringify(schema, (key, value: unknown) => {
    if (key.startsWith('x-')) names.add(key)
    return value
  })
  return [...names]
}

function countValues(json: unknown): number {
  let count = 0
  const waiting = [json]
  while (waiting.length > 0 && count <= mostValuesForAllFaults) {
    const value = waiting.pop()
    count += 1
    if (typeof value === 'object' && value !== null)
      for (const part of Object.values(value).slice(0, mostValuesForAllFaults)) waiting.push(part)
  }
  return count
}

function faultsOf(found: readonly ajv2020.ErrorObject[] | null | undefined): readonly Fault[] {
  return (found ?? []).slice(0, mostFaults).map(faultOf)
}

function faultOf({ keyword, instancePath, params, message }: ajv2020.ErrorObject): Fault {
  const property = params[propertyParameters[keyword] ?? ''] as string | undefined
  const path = property === undefined ? instancePath : pointerTo(instancePath, property)
  const textOf = texts[keyword]
  if (textOf !== undefined) return { path, ...textOf(params) }
  const misfit = issueText('misfit')
  return { path, ...misfit, message: message ?? misfit.message }
}

/** Where ajv names the property that it misses or refuses; it reports these of the object around it. */
const propertyParameters: Readonly<Record<string, string>> = {
  required: 'missingProperty',
  additionalProperties: 'additionalProperty',
  unevaluatedProperties: 'unevaluatedProperty',
}

const texts: Readonly<Record<string, (params: Readonly<Record<string, unknown>>) => IssueText>> = {
  required: () => issueText('required'),
  additionalProperties: () => issueText('unknown'),
  unevaluatedProperties: () => issueText('unknown'),
  type: ({ type }) => issueText('ofType', { type: [type].flat().join(' or ') }),
  minimum: ({ limit }) => issueText('atLeast', { min: String(limit) }),
  maximum: ({ limit }) => issueText('atMost', { max: String(limit) }),
  exclusiveMinimum: ({ limit }) => issueText('moreThan', { min: String(limit) }),
  exclusiveMaximum: ({ limit }) => issueText('lessThan', { max: String(limit) }),
  multipleOf: ({ multipleOf }) => issueText('multipleOf', { step: String(multipleOf) }),
  minLength: ({ limit }) => issueText('lengthAtLeast', { min: String(limit) }),
  maxLength: ({ limit }) => issueText('lengthAtMost', { max: String(limit) }),
  minItems: ({ limit }) => issueText('itemsAtLeast', { min: String(limit) }),
  maxItems: ({ limit }) => issueText('itemsAtMost', { max: String(limit) }),
  pattern: ({ pattern }) => issueText('pattern', { pattern: String(pattern) }),
  format: ({ format }) => (format === 'email' ? issueText('email') : issueText('format', { format: String(format) })),
  enum: ({ allowedValues }) => issueText('oneOf', { values: listOf(allowedValues as readonly unknown[]) }),
  const: ({ allowedValue }) => issueText('oneOf', { values: listOf([allowedValue]) }),
  uniqueItems: () => issueText('distinctItems'),
}

function listOf(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join(', ')
}
