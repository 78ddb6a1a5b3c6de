import type { ApiDocument } from './api-document.ts'

/** What a text is, or why it is no document. */
export type ReadDocument =
  | { readonly document: ApiDocument; readonly problem: null }
  | { readonly document: null; readonly problem: string }

/** Reads JSON; what is written in YAML has to be converted before. */
export function readDocument(text: string): ReadDocument {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { document: null, problem: `it is no JSON: ${(error as Error).message}` }
  }
  const problem = problemOf(value)
  return problem === null ? { document: value as ApiDocument, problem } : { document: null, problem }
}

function problemOf(value: unknown): string | null {
  if (!isObject(value)) return 'it is no object'
  const { openapi, info, paths } = value
  if (typeof openapi !== 'string') return 'it has no "openapi"'
  if (!/^3\.\d/.test(openapi)) return `its "openapi" is ${openapi}, and 3.0 to 3.2 are read`
  if (!isObject(info)) return 'it has no "info"'
  if (!isObject(paths)) return 'it has no "paths"'
  const wrong = Object.entries(paths).find(([, item]) => !isObject(item))
  return wrong === undefined ? null : `its path ${wrong[0]} is no object`
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
