import { bytesOf, HttpConnection } from './http-connection.ts'
import { poolSize } from './subject.ts'
import type { Work } from './works.ts'

/** No window sends more than this, however fast the server is. */
const mostRequests = 50_000

export interface Window {
  readonly requests: number
  readonly elapsedMs: number
}

/** Keeps every connection busy with one request after the other, for so long. Rejects at the first answer that is no success. */
export async function load(port: number, { requests }: Work, forMs: number): Promise<Window> {
  const connections = Array.from({ length: poolSize }, () => new HttpConnection(port))
  const texts = requests.map(bytesOf)
  let sent = 0
  const startedMs = performance.now()
  const untilMs = startedMs + forMs
  const keepBusy = async (connection: HttpConnection): Promise<void> => {
    while (performance.now() < untilMs && sent < mostRequests) {
      const text = texts[sent % texts.length] as Buffer
      sent += 1
      const { status, head } = await connection.send(text)
      if (status >= 300) throw new Error(`a request was refused:\n${head}`)
    }
  }
  try {
    await Promise.all(connections.map(keepBusy))
    return { requests: sent, elapsedMs: performance.now() - startedMs }
  } finally {
    for (const connection of connections) connection.close()
  }
}
