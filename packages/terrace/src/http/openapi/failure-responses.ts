import { STATUS_CODES } from 'node:http'
import type { JsonSchema } from '../../dto/index.ts'
import { TerraceError } from '../../errors/index.ts'
import type { DeclaredError, Issue } from '../../errors/index.ts'
import { issueListSchema } from '../issue-schema.ts'
import { refusalOf } from '../refusal-of.ts'
import { refusedEverywhere } from './route-refusals.ts'
import type { Answer, Problem, ResponseStyle } from '../response-style.ts'
import type { MountedRoute } from '../route-facts.ts'
import type { DocumentBooks } from './document-books.ts'
import { mediaTypeOf } from './media-type-of.ts'
import type { MediaTypeObject, Reference, ResponseObject } from './openapi-types.ts'

const everywhere: ReadonlySet<string> = new Set(refusedEverywhere.map(({ code }) => code))

/** One refusal exactly as the style writes it, with sample values. */
interface Refused {
  readonly problem: Pick<Problem, 'status' | 'code'>
  readonly answer: Answer
  readonly headers: readonly string[]
  readonly remedy: string
}

/** The refusals of a route by status, each a reference to a response that routes with the same refusals have in common. */
export function failureResponses(
  route: MountedRoute,
  refusals: readonly DeclaredError[],
  { style, books }: { readonly style: ResponseStyle; readonly books: DocumentBooks },
): Readonly<Record<string, Reference>> {
  const refused = refusals.map((declared) => refusedBy(declared, route, style))
  const statuses = [...new Set(refused.map(({ answer }) => answer.status))]
  return Object.fromEntries(
    statuses.map((status) => {
      const same = refused.filter(({ answer }) => answer.status === status)
      const own = unrouted.has(status) ? [] : Object.keys(route.headers ?? {})
      const name = `${nameOf(same)}${own.map(pascalCase).join('')}`
      return [status, books.response(name, () => responseOf(same, { style, books, own }))]
    }),
  )
}

/** Answered before it is known which route was meant, so without what a route sends with each of its answers. */
const unrouted: ReadonlySet<number> = new Set([408, 417, 431])

function refusedBy({ code, definition }: DeclaredError, route: MountedRoute, style: ResponseStyle): Refused {
  const isAboutValues = definition.kind === 'validation' || code === 'UNKNOWN_QUERY'
  const issues = isAboutValues ? [sampleIssue(code, route)] : []
  const error = new TerraceError(code, definition, definition.values, { issues })
  const { problem, headers } = refusalOf(error)
  const answer = style.failure({ ...problem, requestId: sampleRequestId })
  const challenge = problem.status === 401 ? ['www-authenticate'] : []
  return { problem, answer, headers: [...Object.keys(headers), ...challenge], remedy: error.remedy }
}

const sampleRequestId = '0198c0de-0000-4000-8000-000000000000'

function sampleIssue(code: string, { body, query }: MountedRoute): Issue {
  if (code === 'UNKNOWN_QUERY') return { in: 'query', path: '/colour', code: 'UNKNOWN', message: 'is not known here' }
  const name = body?.kind === 'object' ? [...body.keys.keys()][0] : query?.parameters[0]?.name
  return { in: body === null ? 'query' : 'body', path: `/${name ?? ''}`, code: 'TYPE', message: 'must be of its type' }
}

/**
 * What every route may refuse has the name of its status, `BadRequest`; what comes on top follows it, `BadRequestMalformedJson`. The
 * same name always means the same codes.
 */
function nameOf(refused: readonly Refused[]): string {
  const codes = codesOf(refused)
  const common = codes.filter((code) => everywhere.has(code))
  const own = codes.filter((code) => !everywhere.has(code)).map(pascalCase)
  const status = STATUS_CODES[refused[0]?.answer.status ?? 500] ?? ''
  return common.length === 0 ? own.join('Or') : [status.replaceAll(/[^A-Za-z]/g, ''), ...own].join('')
}

/** `NOT_FOUND` and `not-found` → `NotFound` */
function pascalCase(code: string): string {
  return code.toLowerCase().replaceAll(/(^|[_-])([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase())
}

function codesOf(refused: readonly Refused[]): readonly string[] {
  return [...new Set(refused.map(({ problem }) => problem.code))].toSorted()
}

interface ResponseParts {
  readonly style: ResponseStyle
  readonly books: DocumentBooks
  /** Headers that the route sends with each of its answers. */
  readonly own: readonly string[]
}

function responseOf(refused: readonly Refused[], { style, books, own }: ResponseParts): ResponseObject {
  const [first] = refused as readonly [Refused]
  const styled = Object.keys(first.answer.headers).filter((name) => name.toLowerCase() !== 'content-type')
  const names = ['x-request-id', ...styled, ...refused.flatMap(({ headers }) => headers), ...own]
  const schema = withNamedIssues(style.schema.failure(codesOf(refused)), books)
  return {
    description: descriptions[first.answer.status] ?? 'The request was refused.',
    headers: books.headers(names),
    content: { [mediaTypeOf(first.answer)]: { schema, examples: examplesOf(refused) } },
  }
}

function examplesOf(refused: readonly Refused[]): NonNullable<MediaTypeObject['examples']> {
  const sorted = refused.toSorted((one, other) => (one.problem.code < other.problem.code ? -1 : 1))
  return Object.fromEntries(
    sorted.map(({ problem, answer, remedy }) => [problem.code, { summary: remedy, value: answer.body }]),
  )
}

/** The list of issues stands in each of them, so its entry gets a name. */
function withNamedIssues(schema: JsonSchema, books: DocumentBooks): JsonSchema {
  const { items } = issueListSchema
  const replaced = (value: unknown): unknown => {
    if (value === items) return books.schemas.keep('ValidationIssue', items as JsonSchema)
    if (Array.isArray(value)) return value.map(replaced)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaced(inner)]))
  }
  return replaced(schema) as JsonSchema
}

const descriptions: Readonly<Record<number, string>> = {
  400: 'The request cannot be read, or names something in its query that is not known.',
  401: 'Nobody known is asking: the credential is missing, wrong or expired.',
  403: 'Whoever asks may not do this.',
  404: 'There is no such thing for whoever asks.',
  408: 'The request did not arrive in time.',
  409: 'The present state of the data stands against it.',
  412: 'What is there is not what the request expects.',
  413: 'The body is larger than the server reads.',
  414: 'The URL is longer than the server reads.',
  415: 'The body is not sent as one of the media types that are read.',
  417: 'The request expects something that no server here does.',
  422: 'Values break rules; the errors say which.',
  428: 'The request has to say which state it changes.',
  429: 'Too many requests came from there.',
  431: 'The headers are larger than the server reads.',
  500: 'The server failed; the log has the reason under the id of the request.',
  503: 'The database does not answer at the moment; trying again may help.',
}
