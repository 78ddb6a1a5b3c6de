import { connect, type Socket } from 'node:net'
import { host } from './subject.ts'
import type { BenchRequest } from './works.ts'

export interface HttpAnswer {
  readonly status: number
  /** As it came, from the status line to the empty line. */
  readonly head: string
  readonly body: Buffer
}

/**
 * A connection that is kept and holds one request at a time. A client of its own, because the load must cost less than any of the
 * servers: it reads of an answer only the status and the length.
 */
export class HttpConnection {
  readonly #socket: Socket
  #received: Buffer = Buffer.alloc(0)
  #pending: PromiseWithResolvers<HttpAnswer> | null = null

  constructor(port: number) {
    this.#socket = connect({ host, port, noDelay: true })
    this.#socket.on('data', (chunk) => this.#receive(chunk))
    this.#socket.on('error', (error) => this.#fail(error))
    this.#socket.on('close', () => this.#fail(new Error('the server closed the connection')))
  }

  /** Rejects when the connection is lost before the answer is whole. */
  send(request: Buffer): Promise<HttpAnswer> {
    this.#pending = Promise.withResolvers()
    this.#socket.write(request)
    return this.#pending.promise
  }

  close(): void {
    this.#socket.destroy()
  }

  #receive(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk])
    const bodyAt = this.#received.indexOf('\r\n\r\n') + 4
    if (bodyAt < 4) return
    const head = this.#received.toString('latin1', 0, bodyAt)
    const length = Number(/\r\ncontent-length: (\d+)\r\n/i.exec(head)?.[1])
    if (Number.isNaN(length)) return this.#fail(new Error(`an answer without a length:\n${head}`))
    if (this.#received.length < bodyAt + length) return
    const body = this.#received.subarray(bodyAt, bodyAt + length)
    this.#received = this.#received.subarray(bodyAt + length)
    this.#pending?.resolve({ status: Number(head.slice(9, 12)), head, body })
  }

  #fail(error: Error): void {
    this.#pending?.reject(error)
  }
}

/** A request as it goes over the wire. */
export function bytesOf({ method, path, token, body }: BenchRequest): Buffer {
  const payload = body === undefined ? '' : JSON.stringify(body)
  const typed =
    body === undefined
      ? []
      : ['content-type: application/json', `content-length: ${Buffer.byteLength(payload, 'utf8')}`]
  const lines = [`${method} ${path} HTTP/1.1`, `host: ${host}`, `authorization: Bearer ${token}`, ...typed]
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${payload}`)
}
