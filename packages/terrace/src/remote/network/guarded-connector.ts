import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { LookupFunction, Socket } from 'node:net'
import type { buildConnector } from 'undici'
import type { RemoteTls } from '../remote.ts'
import { forbiddenRange } from './address-range.ts'
import { hostName, isAllowedHost, portOf } from './host-rules.ts'
import type { HostRules } from './host-rules.ts'
import type { ResolveHost } from './resolve-host.ts'

/** A connection that would lead to where it may not. Its message never names the host. */
export class AddressRefused extends Error {
  readonly range: string

  constructor(range: string) {
    super(`A connection to ${range} was refused`)
    this.name = 'AddressRefused'
    this.range = range
  }
}

/** No connection was had in time. */
export class ConnectTimeout extends Error {
  constructor() {
    super('The connection took too long')
    this.name = 'ConnectTimeout'
  }
}

export interface ConnectorParts {
  readonly rules: HostRules
  readonly connectMs: number
  readonly tls: RemoteTls
  /** Default the system's resolver. */
  readonly resolve?: ResolveHost
}

const systemResolver: ResolveHost = async (hostname) =>
  (await lookup(hostname, { all: true })).map(({ address }) => address)

type BuildConnector = (options: buildConnector.BuildOptions) => buildConnector.connector

/**
 * Connects to nothing but what the rules allow. The addresses that are judged are the ones that are connected to, whatever the name
 * meant a moment before; where a name has several, one forbidden among them is enough. What the socket says that it is connected to
 * is held against the rules once more, before a byte is sent.
 */
export function guardedConnector(
  build: BuildConnector,
  { rules, connectMs, tls, resolve = systemResolver }: ConnectorParts,
): buildConnector.connector {
  // Proxies, other protocols, and timers that may be a second late: none of the library's.
  const common = { ...tls, timeout: 0, allowH2: false } as buildConnector.BuildOptions
  const trusting = build({ ...common, lookup: lookupBy(resolve) })
  const guarded = build({ ...common, lookup: guardedLookup(resolve) })
  return (options, callback) => {
    const host = hostName(options.hostname)
    const isAllowed = isAllowedHost(rules, host, portOf(options))
    const range = isAllowed || isIP(host) === 0 ? null : forbiddenRange(host)
    if (range !== null) return callback(new AddressRefused(range), null)
    return connectWithin(connectMs, isAllowed ? trusting : guarded, options, (error, socket) => {
      if (error !== null) return callback(error, null)
      const reached = isAllowed ? null : forbiddenRange(socket.remoteAddress ?? '')
      if (reached === null) return callback(null, socket)
      socket.destroy()
      return callback(new AddressRefused(reached), null)
    })
  }
}

type Connecting = Parameters<buildConnector.connector>

function connectWithin(ms: number, connect: buildConnector.connector, ...[options, callback]: Connecting): void {
  const timer = setTimeout(() => socket?.destroy(new ConnectTimeout()), ms)
  // It gives the socket that it connects, which its type does not say.
  const socket = connect(options, (...outcome) => {
    clearTimeout(timer)
    callback(...outcome)
  }) as unknown as Socket | undefined
}

function guardedLookup(resolve: ResolveHost): LookupFunction {
  return lookupBy(async (hostname) => {
    const addresses = await resolve(hostname)
    const range = addresses.map(forbiddenRange).find((found) => found !== null)
    if (range !== undefined) throw new AddressRefused(range)
    return addresses
  })
}

type Callback = Parameters<LookupFunction>[2]

/** A resolver as sockets call it. */
function lookupBy(resolve: ResolveHost): LookupFunction {
  return (hostname, { all = false }, callback) => void answerBy(resolve(hostname), all, callback)
}

async function answerBy(resolving: Promise<readonly string[]>, all: boolean, callback: Callback): Promise<void> {
  try {
    const [first, ...others] = await resolving
    if (first === undefined) throw Object.assign(new Error('The name has no address'), { code: 'ENOTFOUND' })
    if (all) callback(null, [first, ...others].map(found))
    else callback(null, first, isIP(first))
  } catch (error) {
    callback(error as NodeJS.ErrnoException, all ? [] : '', 0)
  }
}

const found = (address: string) => ({ address, family: isIP(address) })
