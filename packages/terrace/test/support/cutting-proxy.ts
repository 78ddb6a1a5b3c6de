import { createServer, connect, type AddressInfo, type Socket } from 'node:net'

/** `before` the server gets the message, or `after`, with its answer kept back. */
type Moment = 'before' | 'after'

export interface CuttingProxy {
  /** The database's URL by way of the proxy. */
  readonly url: string
  /** The next time a client sends `text`, its connection is cut. Once. */
  cutAt(text: string, when: Moment): void
  /** As `cutAt`, and nothing is cut: the connection stays, and nothing more comes over it in either direction. */
  silenceAt(text: string, when: Moment): void
  /** All that goes over it is silent from now on, or goes on as before for connections made from now on. */
  setSilent(isSilent: boolean): void
  /** True: every connection is cut, and none is taken any more. */
  setDown(isDown: boolean): void
  close(): Promise<void>
}

interface Fault {
  readonly text: string
  readonly when: Moment
  readonly how: 'cut' | 'silence'
}

/** A TCP proxy in front of a server, that breaks a connection at a chosen message. */
export async function cuttingProxy(databaseUrl: string): Promise<CuttingProxy> {
  const target = new URL(databaseUrl)
  const port = Number(target.port || (target.protocol === 'mysql:' ? 3306 : 5432))
  const sockets = new Set<Socket>()
  let fault: Fault | null = null
  let isSilent = false
  let isDown = false

  const server = createServer((client) => {
    if (isDown) return void client.destroy()
    const upstream = connect(port, target.hostname)
    let isMute = false
    const end = (): void => {
      client.destroy()
      upstream.destroy()
    }
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', end)
      socket.on('close', () => {
        sockets.delete(socket)
        end()
      })
    }
    client.on('data', (bytes) => {
      isMute ||= isSilent
      const found = !isMute && fault !== null && bytes.includes(fault.text) ? fault : null
      if (found === null) return isMute ? undefined : void upstream.write(bytes)
      fault = null
      isMute = true
      if (found.when === 'after') {
        // The server's answer says that it is done; the client never sees it.
        if (found.how === 'cut') upstream.once('data', end)
        return void upstream.write(bytes)
      }
      return found.how === 'cut' ? end() : undefined
    })
    upstream.on('data', (bytes) => {
      isMute ||= isSilent
      if (!isMute) client.write(bytes)
    })
    return undefined
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
      fault = { text, when, how: 'cut' }
    },
    silenceAt(text, when) {
      fault = { text, when, how: 'silence' }
    },
    setDown(value) {
      isDown = value
      if (isDown) for (const socket of sockets) socket.destroy()
    },
    setSilent(value) {
      isSilent = value
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
