import { isReference, resolved } from '../api-document.ts'
import type {
  ApiDocument,
  ApiMethod,
  Content,
  Header,
  Operation,
  Parameter,
  RequestBody,
  Response,
} from '../api-document.ts'
import { commentLines, schemaFacts } from './comment-lines.ts'
import { keyText } from './type-names.ts'
import { deeper, typeText, type TypeParts } from './type-text.ts'

export interface OperationParts extends TypeParts {
  readonly document: ApiDocument
}

/** One method of a path, as `paths` has it. */
export function operationLines(method: ApiMethod, operation: Operation, parts: OperationParts): readonly string[] {
  const { indent } = parts
  const inner = deeper(parts)
  const { summary, description, deprecated } = operation
  const about = [summary, description === summary ? undefined : `\n${description ?? ''}`.trimEnd()]
  return [
    ...commentLines([...about, deprecated === true ? '@deprecated' : undefined], indent),
    `${indent}${method}: {`,
    ...parameterLines(operation, inner),
    ...bodyLines(operation, inner),
    `${inner.indent}responses: {`,
    ...Object.entries(operation.responses ?? {}).flatMap(([status, response]) =>
      statusLines(status, response, deeper(inner)),
    ),
    `${inner.indent}}`,
    `${indent}}`,
  ]
}

/** The client sends them by itself. */
const ownHeaders: ReadonlySet<string> = new Set(['idempotency-key', 'if-match', 'if-none-match'])

function parameterLines(operation: Operation, parts: OperationParts): readonly string[] {
  const { parameters = [] } = operation
  const found = parameters
    .map((each) => resolved<Parameter>(parts.document, each))
    .filter((each) => each !== null)
    .filter(({ in: place, name }) => !(place === 'query' && name === 'fields' && answersParts(operation)))
  const { indent } = parts
  if (found.length === 0) return [`${indent}parameters: {}`]
  const places = ['path', 'query', 'header', 'cookie'].flatMap((place) => {
    const own = found.filter((each) => each.in === place)
    if (own.length === 0) return []
    const isNeeded = own.some(isRequired)
    const lines = own.flatMap((each) => parameterLine(each, deeper(deeper(parts))))
    return [`${indent}  ${place}${isNeeded ? '' : '?'}: {`, ...lines, `${indent}  }`]
  })
  return [`${indent}parameters: {`, ...places, `${indent}}`]
}

/** See `wholeRows`. */
function answersParts({ responses = {} }: Operation): boolean {
  return /"#\/components\/schemas\/[^"]+Partial"/.test(JSON.stringify(responses))
}

function isRequired({ in: place, name, required = false }: Parameter): boolean {
  return required && !(place === 'header' && ownHeaders.has(name.toLowerCase()))
}

function parameterLine(parameter: Parameter, parts: OperationParts): readonly string[] {
  const { name, description, schema = {}, deprecated } = parameter
  const facts = isReference(schema) ? undefined : schemaFacts(schema)
  return [
    ...commentLines([description, facts, deprecated === true ? '@deprecated' : undefined], parts.indent),
    `${parts.indent}${keyText(name)}${isRequired(parameter) ? '' : '?'}: ${typeText(schema, deeper(parts))}`,
  ]
}

function bodyLines({ requestBody }: Operation, parts: OperationParts): readonly string[] {
  const body = requestBody === undefined ? null : resolved<RequestBody>(parts.document, requestBody)
  if (body === null) return []
  const { indent } = parts
  return [
    `${indent}requestBody${body.required === true ? '' : '?'}: {`,
    ...contentLines(body.content, deeper(parts)),
    `${indent}}`,
  ]
}

function statusLines(
  status: string,
  response: Response | { readonly $ref: string },
  parts: OperationParts,
): readonly string[] {
  const { indent } = parts
  const name = isReference(response) ? response.$ref.slice(response.$ref.lastIndexOf('/') + 1) : null
  if (name !== null && Object.hasOwn(parts.document.components?.['responses'] ?? {}, name))
    return [`${indent}${keyText(status)}: responses[${keyInBrackets(name)}]`]
  const found = resolved<Response>(parts.document, response) ?? {}
  return [
    ...commentLines([found.description], indent),
    `${indent}${keyText(status)}: {`,
    ...responseLines(found, deeper(parts)),
    `${indent}}`,
  ]
}

function keyInBrackets(name: string): string {
  const key = keyText(name)
  return key.startsWith("'") ? key : `'${key}'`
}

/** What stands within the braces of one response. */
export function responseLines({ headers = {}, content }: Response, parts: OperationParts): readonly string[] {
  const { indent, document } = parts
  const lines = Object.entries(headers).flatMap(([name, given]) => {
    const header = resolved<Header>(document, given)
    const optional = header?.required === true ? '' : '?'
    return [`${indent}  ${keyText(name)}${optional}: ${typeText(header?.schema ?? {}, deeper(deeper(parts)))}`]
  })
  const shown = lines.length === 0 ? [`${indent}headers: {}`] : [`${indent}headers: {`, ...lines, `${indent}}`]
  return [...shown, ...(content === undefined ? [`${indent}content?: never`] : contentLines(content, parts))]
}

function contentLines(content: Content, parts: OperationParts): readonly string[] {
  const { indent } = parts
  const inner = deeper(deeper(parts))
  const lines = Object.entries(content).map(
    ([type, { schema = {} }]) => `${indent}  ${keyText(type)}: ${isText(type) ? 'string' : typeText(schema, inner)}`,
  )
  return [`${indent}content: {`, ...lines, `${indent}}`]
}

function isText(type: string): boolean {
  return type.startsWith('text/')
}
