import type { ServerOptions } from '../http/index.ts'

const names = [
  'limits',
  'cors',
  'rateLimit',
  'rateStore',
  'idempotency',
  'trustProxy',
  'acceptRequestIds',
] as const satisfies readonly (keyof ServerOptions)[]

/** The server's options alone, of whatever else stands beside them; without those that are not given. */
export function serverOptionsIn(options: ServerOptions): ServerOptions {
  return Object.fromEntries(names.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])))
}
