import createClient, { type Client, type Middleware } from 'openapi-fetch'
import type { ApiClientOptions } from './api-client-options.ts'
import { bearerTokens } from './bearer-tokens.ts'
import { keyedPosts } from './keyed-posts.ts'
import { readRows, type RowIn, type RowsInit } from './read-rows.ts'
import { senderOf } from './send.ts'

/** Paths whose `GET` answers a list. */
type ListPaths<Paths extends {}> = {
  [Path in keyof Paths]: [RowIn<Paths, Path>] extends [never] ? never : Path
}[keyof Paths]

/** Calls of an API by method and path, as `openapi-fetch` has them: `GET`, `POST`, `PATCH`, … */
export interface ApiClient<Paths extends {}> extends Client<Paths> {
  /**
   * Every row of a list, read by cursor as they are asked for: rows that come and go meanwhile move no page. Throws `ApiError`.
   *
   * ```ts
   * for await (const product of api.rows('/v1/products', { params: { query: { sort: 'name' } } })) console.log(product.name)
   * ```
   */
  rows<Path extends ListPaths<Paths>>(
    path: Path,
    init?: RowsInit<Paths, Path>,
  ): AsyncGenerator<RowIn<Paths, Path>, void, undefined>
}

/** What the document says and types do not. */
export interface ApiFacts {
  /** `POST /v1/orders`: operations that take an `Idempotency-Key`. */
  readonly idempotent: readonly string[]
}

/**
 * A client of an API, for the `paths` that `terrace client` has written. It runs wherever there is `fetch`.
 *
 * Tokens are sent and renewed, calls that may be repeated are repeated, a `POST` that takes an `Idempotency-Key` has one that stays the
 * same, and a change is made to the state of a row that was last seen.
 */
export function apiClient<Paths extends {}>(options: ApiClientOptions, facts: ApiFacts): ApiClient<Paths> {
  const { baseUrl, headers } = options
  const tokens = bearerTokens(options)
  const client = createClient<Paths>({
    baseUrl,
    fetch: senderOf(options, tokens),
    ...(headers === undefined ? {} : { headers }),
  })
  // The first, and so called before a call awaits anything.
  if (tokens !== null) client.use({ onRequest: ({ request }) => tokens.begin(request) })
  client.use(keyedPosts(facts.idempotent) as Middleware)
  const rows = (path: unknown, init: unknown): unknown => readRows(client as never, path as never, init as never)
  return Object.assign(client, { rows }) as unknown as ApiClient<Paths>
}
