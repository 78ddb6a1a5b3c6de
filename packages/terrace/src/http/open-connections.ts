import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** What the open connections wait for: a pipelining client for several answers, a new one for nothing yet. */
export class OpenConnections {
  readonly #answers = new WeakMap<Socket, Set<ServerResponse>>()

  readonly #silent = new Set<Socket>()

  /** A connection that has just been made. */
  watch(socket: Socket): void {
    this.#silent.add(socket)
    socket.once('close', () => this.#silent.delete(socket))
  }

  /** Cuts the connections on which nothing has been asked yet: Node does not count them among the idle ones. */
  cutSilent(): void {
    for (const socket of this.#silent) if (socket.bytesRead === 0) socket.destroy()
  }

  /** An answer that its socket waits for from now on. */
  add(answer: ServerResponse): void {
    const { socket } = answer.req
    this.#silent.delete(socket)
    const open = this.#answers.get(socket) ?? new Set()
    this.#answers.set(socket, open.add(answer))
    answer.once('close', () => open.delete(answer))
  }

  /**
   * Ends a socket once the answers to all requests that have arrived on it are sent: whatever else was written to it before
   * would be taken for one of them. False where none is waited for.
   */
  endAfterLast(socket: Socket): boolean {
    const waiting = [...(this.#answers.get(socket) ?? [])].filter(({ req }) => req.complete)
    const last = waiting.at(-1)
    if (last === undefined || !socket.writable) return false
    last.once('close', () => socket.end())
    return true
  }
}
