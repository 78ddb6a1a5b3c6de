import { createServer } from 'node:http'
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as the stub has seen it. */
export interface Seen {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface StubServer extends AsyncDisposable {
  /** `127.0.0.1:4711` */
  readonly host: string
  readonly url: string
  /** What was asked so far. */
  readonly seen: readonly Seen[]
}

type Answer = (request: Seen, response: ServerResponse) => void

/** An API on loopback that answers as it is told to. Ends with its `await using`, whatever hangs on it. */
export async function stubServer(answer: Answer): Promise<StubServer> {
  const seen: Seen[] = []
  const listener: RequestListener = (request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      const one = { method, url, headers, body: Buffer.concat(pieces).toString() }
      seen.push(one)
      answer(one, response)
    })
  }
  const server = createServer(listener)
  server.keepAliveTimeout = 5_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return { host, url: `http://${host}`, seen, [Symbol.asyncDispose]: () => ended(server) }
}

async function ended(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}

/** Answers with JSON. */
export function json(response: ServerResponse, value: unknown, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(200, { 'content-type': 'application/json', ...headers })
  response.end(typeof value === 'string' ? value : JSON.stringify(value))
}
