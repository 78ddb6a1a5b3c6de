import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { LookupFunction } from 'node:net'
import type { buildConnector } from 'undici'
import { forbiddenRange } from './address-range.ts'
import { hostName, isAllowedHost } from './host-rules.ts'
import type { HostRules } from './host-rules.ts'

/** A connection that would lead to where it may not. Its message never names the host. */
export class AddressRefused extends Error {
  readonly range: string

  constructor(range: string) {
    super(`A connection to ${range} was refused`)
    this.name = 'AddressRefused'
    this.range = range
  }
}

/** The addresses of a name, as texts. */
export type ResolveHost = (hostname: string) => Promise<readonly string[]>

export interface GuardParts {
  readonly rules: HostRules
  readonly connectMs: number
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
export function guardedConnector(build: BuildConnector, { rules, connectMs, resolve }: GuardParts) {
  const plain = build({ timeout: connectMs, allowH2: false })
  const guarded = build({ timeout: connectMs, allowH2: false, lookup: guardedLookup(resolve ?? systemResolver) })
  const named = build({ timeout: connectMs, allowH2: false, lookup: lookupBy(resolve ?? systemResolver) })
  const connect: buildConnector.connector = (options, callback) => {
    const host = hostName(options.hostname)
    if (isAllowedHost(rules, host, portAt(options))) return (isIP(host) === 0 ? named : plain)(options, callback)
    const range = isIP(host) === 0 ? null : forbiddenRange(host)
    if (range !== null) return callback(new AddressRefused(range), null)
    return guarded(options, (error, socket) => {
      if (error !== null) return callback(error, null)
      const reached = forbiddenRange(socket.remoteAddress ?? '')
      if (reached === null) return callback(null, socket)
      socket.destroy()
      return callback(new AddressRefused(reached), null)
    })
  }
  return connect
}

function portAt({ port, protocol }: { readonly port: string; readonly protocol: string }): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port)
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
