import { errors } from '../errors/index.ts'
import type { HttpServer, ListenOptions } from '../http/index.ts'

/** Listens; gives the URL. `ADDRESS_UNAVAILABLE` with the reason in words. */
export async function listenOn(server: HttpServer, { host, port }: ListenOptions): Promise<string> {
  try {
    return await server.listen({ host, port })
  } catch (cause) {
    throw errors.ADDRESS_UNAVAILABLE({ values: { host, port, reason: reasonOf(cause) }, cause })
  }
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the address is in use',
  EACCES: 'this user may not',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'the name of the host is unknown',
}

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return reasons[code] ?? (code === '' ? 'it failed' : code)
}
