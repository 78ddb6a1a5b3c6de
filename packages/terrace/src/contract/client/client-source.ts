import { operationsOf, resolved } from '../api-document.ts'
import type { ApiDocument, Operation, Parameter, Response, Schema } from '../api-document.ts'
import { commentLines } from './comment-lines.ts'
import { operationLines, responseLines, type OperationParts } from './operation-lines.ts'
import { keyText, literalText, typeNames } from './type-names.ts'
import { propertyLines, typeText } from './type-text.ts'

/** By which a file that was written before is known. */
export const clientMark = 'Written by `terrace client`'

/**
 * A module of TypeScript with the types of an API, for `terrace/client`: a type for each schema, `paths` as `openapi-fetch` reads it with
 * the documentation of each operation, the codes of errors, and `openClient`. Pure; the same document gives the same text.
 */
export function clientSource(document: ApiDocument): string {
  const schemas = (document.components?.['schemas'] ?? {}) as Readonly<Record<string, Schema>>
  const names = typeNames(Object.keys(schemas))
  const nameOf = ($ref: string): string | null => names.get(decodedName($ref)) ?? null
  const parts: OperationParts = { document, nameOf, indent: '' }
  const sections = [
    head(document),
    openClientLines(document),
    ['export interface paths {', ...pathLines(document, parts), '}'],
    ...Object.entries(schemas).map(([name, schema]) => schemaLines(names.get(name) as string, schema, parts)),
    [
      '/** Answers that several operations have in common. */',
      'export interface responses {',
      ...sharedResponses(parts),
      '}',
    ],
    errorCodeLines(document),
  ]
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function decodedName($ref: string): string {
  return decodeURIComponent($ref.slice($ref.lastIndexOf('/') + 1))
    .replaceAll('~1', '/')
    .replaceAll('~0', '~')
}

function head({ info }: ApiDocument): readonly string[] {
  return [
    `// ${info.title.replaceAll(/\s+/g, ' ')} ${info.version}. ${clientMark}: change the app, and run it again.`,
    "import { apiClient, type ApiClient, type ApiClientOptions } from 'terrace/client'",
  ]
}

function openClientLines(document: ApiDocument): readonly string[] {
  const calls = repeatableCalls(document)
  const list = calls.length === 0 ? '[]' : `[\n${calls.map((call) => `  ${literalText(call)},\n`).join('')}]`
  return [
    '/** Operations that take an `Idempotency-Key`: sent twice, they are carried out once. */',
    `const idempotent: readonly string[] = ${list}`,
    '',
    ...commentLines([document.info.description]),
    'export function openClient(options: ApiClientOptions): ApiClient<paths> {',
    '  return apiClient<paths>(options, { idempotent })',
    '}',
  ]
}

function repeatableCalls(document: ApiDocument): readonly string[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    operationsOf(document, item).flatMap(([method, operation]) =>
      takesKey(operation, document) ? [`${method.toUpperCase()} ${path}`] : [],
    ),
  )
}

function takesKey({ parameters = [] }: Operation, document: ApiDocument): boolean {
  return parameters.some((each) => {
    const parameter = resolved<Parameter>(document, each)
    return parameter?.in === 'header' && parameter.name.toLowerCase() === 'idempotency-key'
  })
}

function pathLines(document: ApiDocument, parts: OperationParts): readonly string[] {
  return Object.entries(document.paths).flatMap(([path, item]) => [
    `  ${keyText(path)}: {`,
    ...operationsOf(document, item).flatMap(([method, operation]) =>
      operationLines(method, operation, { ...parts, indent: '    ' }),
    ),
    '  }',
  ])
}

function schemaLines(name: string, schema: Schema, parts: OperationParts): readonly string[] {
  const inner = { ...parts, indent: '  ' }
  const comment = commentLines([schema.description])
  const isPlain = schema.type === 'object' && !schema.anyOf && !schema.oneOf && !schema.allOf
  if (isPlain && Object.keys(schema.properties ?? {}).length > 0)
    return [...comment, `export interface ${name} {`, ...propertyLines(schema, inner), '}']
  return [...comment, `export type ${name} = ${typeText(schema, inner)}`]
}

function sharedResponses(parts: OperationParts): readonly string[] {
  const responses = (parts.document.components?.['responses'] ?? {}) as Readonly<Record<string, Response>>
  return Object.entries(responses).flatMap(([name, response]) => [
    ...commentLines([response.description], '  '),
    `  ${keyText(name)}: {`,
    ...responseLines(response, { ...parts, indent: '    ' }),
    '  }',
  ])
}

/** What the styles of answers call a code. */
const codeNames = ['code', 'errorCode', 'error_code'] as const

function errorCodeLines(document: ApiDocument): readonly string[] {
  const codes = new Set(
    Object.values(document.paths).flatMap((item) =>
      operationsOf(document, item).flatMap(([, operation]) => codesOf(operation, document)),
    ),
  )
  const sorted = [...codes].toSorted()
  const union = sorted.length === 0 ? ' string' : sorted.map((code) => `\n  | ${literalText(code)}`).join('')
  return [
    '/** Every code that an error of this API may have; later versions may have more. */',
    `export type ErrorCode =${union}`,
  ]
}

function codesOf({ responses = {} }: Operation, document: ApiDocument): readonly string[] {
  return Object.entries(responses).flatMap(([status, given]) => {
    if (!/^[45d]/.test(status)) return []
    const { content = {} } = resolved<Response>(document, given) ?? {}
    return Object.values(content).flatMap(({ schema = {} }) => codesIn(schema, document))
  })
}

function codesIn(schema: Schema, document: ApiDocument): readonly string[] {
  const found = resolved<Schema>(document, schema)
  if (found === null) return []
  const own = codeNames.flatMap((name) => found.properties?.[name]?.enum ?? [])
  const within = [...(found.anyOf ?? []), ...(found.oneOf ?? [])].flatMap((each) => codesIn(each, document))
  return [...own.filter((code) => typeof code === 'string'), ...within]
}
