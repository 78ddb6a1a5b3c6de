import { createRequire } from 'node:module'
import type * as ajv2020 from 'ajv/dist/2020.js'
import type formats from 'ajv-formats'
import type { Issue } from '../../errors/index.ts'
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
  return { path, code: codes[keyword] ?? 'SCHEMA', message: messages[keyword] ?? message ?? 'does not fit the schema' }
}

/** Where ajv names the property that it misses or refuses; it reports these of the object around it. */
const propertyParameters: Readonly<Record<string, string>> = {
  required: 'missingProperty',
  additionalProperties: 'additionalProperty',
  unevaluatedProperties: 'unevaluatedProperty',
}

const codes: Readonly<Record<string, string>> = {
  required: 'REQUIRED',
  additionalProperties: 'UNKNOWN',
  unevaluatedProperties: 'UNKNOWN',
  type: 'TYPE',
  minimum: 'RANGE',
  maximum: 'RANGE',
  exclusiveMinimum: 'RANGE',
  exclusiveMaximum: 'RANGE',
  multipleOf: 'RANGE',
  minLength: 'LENGTH',
  maxLength: 'LENGTH',
  minItems: 'LENGTH',
  maxItems: 'LENGTH',
  pattern: 'PATTERN',
  format: 'FORMAT',
  enum: 'ONE_OF',
  const: 'ONE_OF',
  uniqueItems: 'REPEATED',
}

const messages: Readonly<Record<string, string>> = {
  required: 'is required',
  additionalProperties: 'is not known here',
  unevaluatedProperties: 'is not known here',
}
