import type { FastifyInstance } from 'fastify'

/** A request that needs no socket. */
export interface InjectedRequest {
  readonly method: string
  /** The path with its query. */
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

export interface InjectedResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

export async function inject(server: FastifyInstance, request: InjectedRequest): Promise<InjectedResponse> {
  const { method, url, headers = {}, body } = request
  const payload = typeof body === 'string' || body === undefined ? body : Buffer.from(body)
  const response = await server.inject({
    method: method as 'GET',
    url,
    headers,
    ...(payload === undefined ? {} : { payload }),
  })
  const received = Object.entries(response.headers).map(([name, value]) => [name, String(value)])
  return { status: response.statusCode, headers: Object.fromEntries(received), text: response.payload }
}
