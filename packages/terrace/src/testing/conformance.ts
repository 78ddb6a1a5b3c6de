import { Ajv2020 } from 'ajv/dist/2020.js'
import type { ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { App } from '../app/index.ts'
import type { JsonSchema } from '../dto/index.ts'
import { errors } from '../errors/index.ts'
import type { HeaderObject, OpenApiDocument, OperationObject, ResponseObject } from '../http/index.ts'
import { openApiDocument } from '../http/index.ts'
import { findOperation } from './find-operation.ts'
import type { FoundOperation } from './find-operation.ts'
import { wholeRows } from './whole-rows.ts'

/** A request and what came back, whatever carried it. */
export interface Exchange {
  readonly method: string
  /** The path with its query. */
  readonly url: string
  readonly status: number
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

/** Throws `ANSWER_UNDOCUMENTED` for an answer that is not as the app's own document says. */
export type CheckAnswer = (exchange: Exchange) => void

const checks = new WeakMap<App, CheckAnswer>()

/**
 * A check of answers against the app's own OpenAPI document: its status, media type, body and headers are among those of the
 * operation; what no operation answers is a failure in the app's style. Test clients make it for each answer; over a socket:
 *
 * ```ts
 * const check = conformance(app)
 * const response = await fetch(`${url}/v1/products`)
 * const { status } = response
 * const headers = Object.fromEntries(response.headers)
 * check({ method: 'GET', url: '/v1/products', status, headers, text: await response.text() })
 * ```
 */
export function conformance(app: App): CheckAnswer {
  const known = checks.get(app)
  if (known !== undefined) return known
  const document = openApiDocument(app)
  const schemas = new DocumentSchemas(document)
  const check: CheckAnswer = (exchange) => {
    const problem = problemOf({ app, document, schemas, exchange })
    if (problem === null) return
    const { method, url, status } = exchange
    const request = `${method} ${url.split('?')[0]}`
    throw errors.ANSWER_UNDOCUMENTED({ values: { request, status, problem } })
  }
  checks.set(app, check)
  return check
}

interface Checking {
  readonly app: App
  readonly document: OpenApiDocument
  readonly schemas: DocumentSchemas
  readonly exchange: Exchange
}

function problemOf(checking: Checking): string | null {
  const { document, exchange } = checking
  const found = findOperation(document, exchange)
  return found === null ? unroutedProblem(checking) : responseProblem(checking, found)
}

/** Paths of the server's own, of a plugin, and those that nobody answers: only a refusal has a form that is known. */
function unroutedProblem({ app, schemas, exchange }: Checking): string | null {
  const { status, headers, text, method } = exchange
  if (status < 400 || app.fastify !== null || method === 'HEAD') return null
  if (headers['x-request-id'] === undefined) return 'it has no header x-request-id'
  return schemas.problemOf({ schema: app.responses.schema.failure(codesOf(app)), name: 'failure' }, text)
}

function codesOf(app: App): readonly string[] {
  const declared = app.routes.flatMap((route) => route.errors.map(({ code }) => code))
  return [...new Set([...Object.keys(errors), ...declared])]
}

function responseProblem(checking: Checking, { operation }: FoundOperation): string | null {
  const { document, schemas, exchange } = checking
  const found = responseOf(document, operation, exchange.status)
  if (found === null)
    return `its operation ${operation.operationId} documents ${Object.keys(operation.responses).join(', ')}`
  return (
    headerProblem(checking, found.response) ??
    (exchange.method === 'HEAD' ? null : bodyProblem(schemas, exchange, found))
  )
}

interface FoundResponse {
  readonly response: ResponseObject
  /** Unique among the document's. */
  readonly name: string
}

function responseOf(document: OpenApiDocument, operation: OperationObject, status: number): FoundResponse | null {
  const response = operation.responses[status]
  if (response === undefined) return null
  if (!('$ref' in response)) return { response, name: `${operation.operationId} ${status}` }
  const name = nameIn(response.$ref)
  return { response: document.components.responses?.[name] as ResponseObject, name }
}

function headerProblem({ document, schemas, exchange }: Checking, { headers = {} }: ResponseObject): string | null {
  for (const [name, given] of Object.entries(headers)) {
    const header = '$ref' in given ? (document.components.headers?.[nameIn(given.$ref)] as HeaderObject) : given
    const value = exchange.headers[name.toLowerCase()]
    if (value === undefined && header.required) return `it has no header ${name}`
    if (value === undefined) continue
    const json = header.schema.type === 'integer' ? value : JSON.stringify(value)
    const problem = schemas.problemOf({ schema: header.schema, name: `header ${name}` }, json)
    if (problem !== null) return `its header ${name} is wrong: ${problem}`
  }
  return null
}

function bodyProblem(schemas: DocumentSchemas, { headers, text, url }: Exchange, found: FoundResponse): string | null {
  const { content } = found.response
  if (content === undefined) return text === '' ? null : 'it has a body, and none is documented'
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim() ?? ''
  const media = content[type]
  if (media === undefined) return `its media type ${type || '(none)'} is none of ${Object.keys(content).join(', ')}`
  if (!/^application\/([\w.-]+\+)?json$/.test(type)) return null
  // Whoever has not chosen properties gets them all.
  const isChosen = new URLSearchParams(url.split('?')[1]).has('fields')
  const schema = isChosen ? media.schema : wholeRows(media.schema)
  return schemas.problemOf({ schema, name: `${found.name} ${type} ${isChosen}` }, text)
}

function nameIn(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1)
}

interface NamedSchema {
  readonly schema: JsonSchema
  /** The same name always means the same schema. */
  readonly name: string
}

/** The schemas of one document, compiled as they are needed. */
class DocumentSchemas {
  readonly #ajv: Ajv2020
  readonly #components: OpenApiDocument['components']
  readonly #compiled = new Map<string, ValidateFunction>()

  constructor({ components }: OpenApiDocument) {
    // Documents have words of OpenAPI's own, and formats that only describe.
    this.#ajv = new Ajv2020({ strict: false, logger: false })
    formats.default(this.#ajv)
    this.#components = components
  }

  /** What stands against a text as JSON of a schema, with the JSON pointer to it. */
  problemOf({ schema, name }: NamedSchema, text: string): string | null {
    const json = parsed(text)
    if (json === undefined) return 'its body is no JSON'
    const validate = this.#compiled.get(name) ?? this.#compile(schema, name)
    if (validate(json)) return null
    const [first] = validate.errors ?? []
    const added = (first?.params as { additionalProperty?: string } | undefined)?.additionalProperty
    return `${first?.instancePath || 'the body'} ${first?.message}${added === undefined ? '' : `: ${added}`}`
  }

  #compile(schema: JsonSchema, name: string): ValidateFunction {
    // References of a document point into its components, which therefore stand at the root of each schema.
    const validate = this.#ajv.compile({ ...schema, components: this.#components })
    this.#compiled.set(name, validate)
    return validate
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
