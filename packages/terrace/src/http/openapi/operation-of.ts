import type { Shape } from '../../dto/index.ts'
import type { ModelGraph } from '../../model/index.ts'
import type { ResponseStyle } from '../response-style.ts'
import type { MountedRoute } from '../route-facts.ts'
import type { DocumentBooks } from './document-books.ts'
import { exampleOf } from './example-of.ts'
import { failureResponses } from './failure-responses.ts'
import type { OperationObject, Reference, RequestBodyObject, ResponseObject } from './openapi-types.ts'
import { parametersOf } from './parameters.ts'
import { refusalsOf } from './route-refusals.ts'
import { securityOf } from './security.ts'
import { successResponses } from './success-responses.ts'
import type { TagOf } from './tags.ts'

export interface OperationParts {
  readonly style: ResponseStyle
  readonly books: DocumentBooks
  readonly graph: ModelGraph
  readonly tag: TagOf
}

/** One route as an operation: what it takes, and each status that it can answer. */
export function operationOf(route: MountedRoute, parts: OperationParts): OperationObject {
  const { operationId, summary, description, deprecated, roles, body } = route
  const parameters = parametersOf(route)
  return {
    operationId,
    summary,
    description: describedBy(description ?? summary, roles),
    tags: [parts.tag(route)],
    ...(deprecated === null ? {} : { deprecated: true }),
    security: securityOf(route),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === null ? {} : { requestBody: requestBodyOf(route, body, parts.books) }),
    responses: responsesOf(route, parts),
  }
}

function choiceOf(roles: readonly string[]): string {
  return roles.map((role) => `\`${role}\``).join(' or ')
}

/** The roles of a bearer token are no scopes, so a security requirement cannot name them: readers of the text must. */
function describedBy(text: string, roles: MountedRoute['roles']): string {
  return roles.length === 0 ? text : `${text}\n\nThe caller needs the role ${roles.map(choiceOf).join(', and ')}.`
}

function requestBodyOf(
  { method, operationId }: MountedRoute,
  body: Shape,
  { schemas }: DocumentBooks,
): RequestBodyObject {
  const schema = schemas.sent(body, `${operationId.charAt(0).toUpperCase()}${operationId.slice(1)}Body`)
  const example = exampleOf(body, 'sent')
  const content = { schema, ...(example === null ? {} : { example: example.value }) }
  const patched = method === 'PATCH' ? { 'application/merge-patch+json': content } : {}
  return { required: true, content: { 'application/json': content, ...patched } }
}

/** A style may answer outcomes with one status that others tell apart: then either body stands for it. */
function responsesOf(route: MountedRoute, { style, books, graph }: OperationParts): OperationObject['responses'] {
  const responses: Record<string, ResponseObject | Reference> = {}
  for (const [status, response] of successResponses(route, { style, books })) {
    const known = responses[status] as ResponseObject | undefined
    responses[status] = known === undefined ? response : eitherOf(known, response)
  }
  const failures = failureResponses(route, refusalsOf(route, graph), { style, books })
  for (const [status, reference] of Object.entries(failures)) {
    const known = responses[status] as ResponseObject | undefined
    responses[status] = known === undefined ? reference : eitherOf(known, books.responseAt(reference))
  }
  return responses
}

function eitherOf(one: ResponseObject, other: ResponseObject): ResponseObject {
  const types = [...new Set([...Object.keys(one.content ?? {}), ...Object.keys(other.content ?? {})])]
  const content = types.map((type) => {
    const both = [one.content?.[type], other.content?.[type]].filter((each) => each !== undefined)
    return [type, both.length === 1 ? both[0] : { schema: { anyOf: both.map(({ schema }) => schema) } }]
  })
  return {
    description:
      one.description === other.description ? one.description : `${one.description} Or: ${other.description}`,
    headers: { ...other.headers, ...one.headers },
    ...(content.length === 0 ? {} : { content: Object.fromEntries(content) }),
  }
}
