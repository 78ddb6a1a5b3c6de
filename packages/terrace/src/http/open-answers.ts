import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** Answers that are still to be sent, by their sockets: a pipelining client waits for several. */
export class OpenAnswers {
  readonly #bySocket = new WeakMap<Socket, Set<ServerResponse>>()

  add(answer: ServerResponse): void {
    const { socket } = answer.req
    const open = this.#bySocket.get(socket) ?? new Set()
    this.#bySocket.set(socket, open.add(answer))
    answer.once('close', () => open.delete(answer))
  }

  /**
   * Ends a socket once the answers to all requests that have arrived on it are sent: whatever else was written to it before
   * would be taken for one of them. False where none is waited for.
   */
  endAfterLast(socket: Socket): boolean {
    const waiting = [...(this.#bySocket.get(socket) ?? [])].filter(({ req }) => req.complete)
    const last = waiting.at(-1)
    if (last === undefined || !socket.writable) return false
    last.once('close', () => socket.end())
    return true
  }
}
