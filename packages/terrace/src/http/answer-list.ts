import { errors, TerraceError } from '../errors/index.ts'
import type { ListRequest } from './list-query.ts'
import { cursorsOf } from './list-query/cursor.ts'
import type { Cursors } from './list-query/cursor.ts'
import { checkIncludedRows } from './list-query/included-rows.ts'
import { pageInfo } from './page-links.ts'
import type { ResourceOperations, ResourceService } from './resource-service.ts'
import type { RouteAnswer, RouteCall } from './route-facts.ts'

type Asked = Omit<ListRequest, 'page' | 'projection'>

/** One page of the rows that a client asked a service for: by offset, or behind a cursor. */
export async function answerList(call: RouteCall, service: ResourceService): Promise<RouteAnswer> {
  const { page: request, projection, ...asked } = call.query as ListRequest
  const operations: ResourceOperations = call.session.use(service)
  const { limit, offset, cursor } = request
  const cursors = cursor === null ? null : cursorsOf({ model: service.model.fact, sort: asked.sort, request, call })
  const { rows, total, next } = await (cursors === null
    ? operations.list({ ...listing(asked), page: { limit, offset } } as never)
    : listAfter(operations, { cursors, cursor: cursor ?? '', listing: { ...listing(asked), page: { limit } } }))
  if (asked.include !== null) checkIncludedRows(rows, asked.include)
  const nextCursor = cursors === null ? null : nextOf(cursors, next)
  const info = pageInfo({ path: call.path, request, count: rows.length, total, nextCursor })
  return { status: 200, value: rows, headers: {}, page: info, ...(projection === null ? {} : { projection }) }
}

/** In the terms of a service, which knows no null for what was not asked. */
function listing({ where, include, sort, total }: Asked): object {
  return { sort, total, ...(where === null ? {} : { where }), ...(include === null ? {} : { include }) }
}

interface ReadingOn {
  readonly cursors: Cursors
  readonly cursor: string
  readonly listing: object
}

async function listAfter(
  operations: ResourceOperations,
  { cursors, cursor, listing: asked }: ReadingOn,
): Promise<Awaited<ReturnType<ResourceOperations['list']>>> {
  try {
    return await operations.list({ ...asked, after: cursors.read(cursor) } as never)
  } catch (error) {
    // Written by an earlier release, whose columns held what these no longer may.
    if (error instanceof TerraceError && error.code === errors.DAO_POSITION.code)
      throw errors.CURSOR_INVALID({ cause: error })
    throw error
  }
}

/** Whoever overrides `list` and says nothing of where it goes on must not seem to be at its end. */
function nextOf(cursors: Cursors, next: Readonly<Record<string, unknown>> | null | undefined): string | null {
  if (next === undefined)
    throw errors.RESPONSE_MISMATCH({ values: { shape: 'list', property: 'next', found: 'undefined' } })
  return next === null ? null : cursors.write(next)
}
