import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** What the open connections wait for: a pipelining client for several answers, a new one for nothing yet. */
export class OpenConnections {
  readonly #answers = new Map<Socket, Set<ServerResponse>>()

  /** A connection that has just been made. */
  watch(socket: Socket): void {
    this.#answers.set(socket, new Set())
    socket.once('close', () => this.#answers.delete(socket))
  }

  /** Cuts the connections on which nothing has been asked yet: Node does not count them among the idle ones. */
  cutSilent(): void {
    for (const socket of this.#answers.keys()) if (socket.bytesRead === 0) socket.destroy()
  }

  /** Cuts the connections that wait for no answer: half of a head may have come, whose other half may never. */
  cutUnasked(): void {
    for (const [socket, open] of this.#answers) if (open.size === 0 && socket.writableLength === 0) socket.destroy()
  }

  /** Ends the connections of answers that have begun once they are sent: their heads have promised to keep them open. */
  endAfterBegun(): void {
    for (const [socket, open] of this.#answers)
      for (const answer of open) if (answer.headersSent) answer.once('close', () => socket.end())
  }

  /** An answer that its socket waits for from now on. */
  add(answer: ServerResponse): void {
    const open = this.#answers.get(answer.req.socket)
    if (open === undefined) return
    open.add(answer)
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
