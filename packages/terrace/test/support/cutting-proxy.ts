import { createServer, connect, type AddressInfo, type Socket } from 'node:net'

export interface CuttingProxy {
  /** The database's URL by way of the proxy. */
  readonly url: string
  /**
   * The next time a client sends `text`, its connection is cut: `before` the server gets it, or `after`, with the answer kept
   * back. Once.
   */
  cutAt(text: string, when: 'before' | 'after'): void
  close(): Promise<void>
}

/** A TCP proxy in front of a server, that breaks a connection at a chosen message. */
export async function cuttingProxy(databaseUrl: string): Promise<CuttingProxy> {
  const target = new URL(databaseUrl)
  const port = Number(target.port || (target.protocol === 'mysql:' ? 3306 : 5432))
  const sockets = new Set<Socket>()
  let cut: { readonly text: string; readonly when: 'before' | 'after' } | null = null

  const server = createServer((client) => {
    const upstream = connect(port, target.hostname)
    let isCut = false
    const end = (): void => {
      client.destroy()
      upstream.destroy()
    }
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', end)
      socket.on('close', end)
    }
    client.on('data', (bytes) => {
      const found = cut !== null && bytes.includes(cut.text) ? cut : null
      if (found === null) return void upstream.write(bytes)
      cut = null
      isCut = true
      if (found.when === 'before') return end()
      // The server's answer says that it is done; the client never sees it.
      upstream.once('data', end)
      upstream.write(bytes)
    })
    upstream.on('data', (bytes) => {
      if (!isCut) client.write(bytes)
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })

  const url = new URL(databaseUrl)
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as AddressInfo).port)
  return {
    url: url.href,
    cutAt(text, when) {
      cut = { text, when }
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
