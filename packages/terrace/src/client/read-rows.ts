import { dataOf, type ApiResult } from './failure.ts'

/** What one entry of a list is: of a bare array, or of one in an envelope. */
export type RowOf<D> = D extends readonly (infer R)[]
  ? R
  : D extends { readonly data: readonly (infer R)[] }
    ? R
    : never

/** What one entry of the list is that a path answers; never where it answers none. */
export type RowIn<Paths, Path extends keyof Paths> = Paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer D } } } }
}
  ? RowOf<D>
  : never

type QueryOf<Paths, Path extends keyof Paths> = Paths[Path] extends {
  get: { parameters: { query?: infer Q } }
}
  ? Q
  : never

type PathOf<Paths, Path extends keyof Paths> = Paths[Path] extends { get: { parameters: { path: infer P } } }
  ? { readonly path: P }
  : { readonly path?: never }

/** As a call of the list has it, without the place where it begins. */
export interface RowsInit<Paths, Path extends keyof Paths> {
  readonly params?: {
    readonly query?: Omit<NonNullable<QueryOf<Paths, Path>>, 'cursor' | 'page' | 'pageSize' | 'offset'>
  } & PathOf<Paths, Path>
  readonly signal?: AbortSignal
  readonly headers?: Readonly<Record<string, string>>
}

type Query = Readonly<Record<string, unknown>>

interface Get {
  GET(path: string, init: object): Promise<ApiResult<unknown, unknown>>
}

/** Page after page, each when its first row is asked for. */
export async function* readRows(
  client: Get,
  path: string,
  init: { readonly params?: { readonly query?: Query; readonly path?: object } } = {},
): AsyncGenerator<unknown, void, undefined> {
  const { params = {} } = init
  let query: Query | null = { ...params.query, cursor: '' }
  while (query !== null) {
    const result: ApiResult<unknown, unknown> = await client.GET(path, { ...init, params: { ...params, query } })
    const data = dataOf(result)
    yield* rowsIn(data)
    const next: string | null = nextCursor(data, result.response)
    query = next === null ? null : { ...query, cursor: next }
  }
}

function rowsIn(data: unknown): readonly unknown[] {
  if (Array.isArray(data)) return data
  const inner = typeof data === 'object' && data !== null ? (data as Readonly<Record<string, unknown>>)['data'] : null
  if (Array.isArray(inner)) return inner
  throw new TypeError('The answer is no list: rows() reads lists alone')
}

function nextCursor(data: unknown, { headers }: Response): string | null {
  const header = headers.get('x-next-cursor')
  if (header !== null) return header
  const page = Array.isArray(data)
    ? null
    : ((data as Readonly<Record<string, unknown>>)['page'] as Query | null | undefined)
  const next = page?.['nextCursor'] ?? page?.['next_cursor']
  return typeof next === 'string' ? next : null
}
