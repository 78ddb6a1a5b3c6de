import { STATUS_CODES } from 'node:http'
import type { ListShape, Shape } from '../../dto/index.ts'
import type { Content as RawContent } from '../content.ts'
import type { PageInfo, ResponseStyle } from '../response-style.ts'
import type { MountedRoute, ResponseShape } from '../route-facts.ts'
import type { DocumentBooks } from './document-books.ts'
import { exampleOf } from './example-of.ts'
import { mediaTypeOf } from './media-type-of.ts'
import type { Content, ResponseObject } from './openapi-types.ts'

export interface SuccessParts {
  readonly style: ResponseStyle
  readonly books: DocumentBooks
}

/** What a route answers where nothing stands against it, by the status that the style gives it. */
export function successResponses(
  route: MountedRoute,
  parts: SuccessParts,
): readonly (readonly [status: number, ResponseObject])[] {
  const answers = Object.entries(route.responses).map(([status, shape]) =>
    successResponse(route, { status: Number(status), shape }, parts),
  )
  const isAsked = route.method === 'GET' && route.tagged !== null
  return isAsked ? [...answers, [304, unchanged(route, parts)]] : answers
}

function unchanged(route: MountedRoute, { books }: SuccessParts): ResponseObject {
  return { description: 'It has not changed.', headers: books.headers([...commonHeaders(route), 'etag']) }
}

function commonHeaders(route: MountedRoute): readonly string[] {
  const replayed = route.idempotency === null ? [] : ['idempotency-replayed']
  return ['x-request-id', ...replayed, ...Object.keys(route.headers ?? {})]
}

interface Declared {
  readonly status: number
  readonly shape: ResponseShape
}

/** What is no JSON is sent as it is, in no style. */
function contentResponse(
  route: MountedRoute,
  status: number,
  { mediaType }: RawContent,
  books: DocumentBooks,
): ResponseObject {
  const schema = { type: 'string', ...(mediaType.startsWith('text/') ? {} : { format: 'binary' }) } as const
  return {
    description: descriptionOf(route, status),
    headers: books.headers([...commonHeaders(route), ...(route.tagged === null ? [] : ['etag'])]),
    content: { [mediaType]: { schema } },
  }
}

function successResponse(
  route: MountedRoute,
  { status, shape }: Declared,
  { style, books }: SuccessParts,
): readonly [number, ResponseObject] {
  if (shape?.kind === 'content') return [status, contentResponse(route, status, shape, books)]
  const example = shape === null ? null : exampleOf(shape, 'answered')
  // Asked of the style itself, so that whatever it does to statuses, headers and bodies is what is said of it.
  const answer = style.success(shape === null ? undefined : (example?.value ?? null), {
    status,
    page: samplePage(route),
  })
  const styled = [answer, style.success(answer.body, { status, page: sampleCursorPage(route) })]
    .flatMap(({ headers }) => Object.keys(headers))
    .filter((name, at, all) => name.toLowerCase() !== 'content-type' && all.indexOf(name) === at)
  const own = route.operation === 'create' && status === 201 ? ['location'] : []
  const tags = route.tagged === null ? [] : ['etag']
  const schema = style.schema.success(...itemOf(route, shape, books))
  const content: Content | null =
    schema === null
      ? null
      : { [mediaTypeOf(answer)]: { schema, ...(shape !== null && example === null ? {} : { example: answer.body }) } }
  return [
    answer.status,
    {
      description: descriptionOf(route, answer.status),
      headers: books.headers([...commonHeaders(route), ...styled, ...own, ...tags]),
      ...(content === null ? {} : { content }),
    },
  ]
}

/** A page's style is told of one entry, since it may set something around the list. */
function itemOf(
  route: MountedRoute,
  shape: Shape | null,
  { schemas }: DocumentBooks,
): Parameters<ResponseStyle['schema']['success']> {
  if (shape === null) return [null, false]
  const place = `${capitalized(route.operationId)}Answer`
  const selection = route.query?.selection ?? null
  const rows = (of: Shape) => schemas.selected(of, selection, place)
  if (shape.kind !== 'list') return [rows(shape), false]
  const { item }: ListShape = shape
  return route.isPaged ? [rows(item), true] : [{ type: 'array', items: rows(item) }, false]
}

/** A page that is the whole list. */
function samplePage({ isPaged, path }: MountedRoute): PageInfo | null {
  return isPaged
    ? { limit: 20, offset: 0, cursor: null, total: 1, links: { first: `${path}?limit=20&offset=0` } }
    : null
}

/** A page that is not the last, for the headers that its like may have. */
function sampleCursorPage({ isPaged, path }: MountedRoute): PageInfo | null {
  return isPaged
    ? { limit: 20, offset: null, cursor: { next: 'next' }, total: 1, links: { next: `${path}?cursor=next` } }
    : null
}

function descriptionOf({ operation, model }: MountedRoute, status: number): string {
  const name = model?.name ?? ''
  return operation === null ? (STATUS_CODES[status] ?? 'Done') : descriptions[operation](name)
}

const descriptions: Readonly<Record<NonNullable<MountedRoute['operation']>, (name: string) => string>> = {
  list: (name) => `One page of the rows of ${name} that the caller sees.`,
  get: (name) => `The ${name}.`,
  create: (name) => `The ${name} as it was created.`,
  patch: (name) => `The ${name} as it is now.`,
  put: (name) => `The ${name} as it is now.`,
  delete: (name) => `The ${name} is deleted.`,
  restore: (name) => `The ${name} as it is again.`,
  createMany: (name) => `The rows of ${name} as they were created, in the order of the items.`,
  patchMany: (name) => `The rows of ${name} as they are now, in the order of the items.`,
  deleteMany: (name) => `The rows of ${name} are deleted.`,
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
