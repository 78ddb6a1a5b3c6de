import { isPieces } from './content-payload.ts'
import type { Outgoing } from './outgoing.ts'
import { digestOf, versionTag, weakTag } from './entity-tag.ts'
import type { MountedRoute, RouteAnswer } from './route-facts.ts'

/** Of what is shown to whoever proved who they are. */
export const privateAnswer = 'private, no-cache'

/** Whether an answer, a refusal too, is for its caller alone. Caches know that by themselves of `authorization`, and of no other header. */
export function isPrivate({ method, auth }: Pick<MountedRoute, 'method' | 'auth'>): boolean {
  return method === 'GET' && auth.kind !== 'public'
}

/**
 * An answer with its `etag`, unless it has one or cannot have one: no body, content in pieces, a change of what has no version. What
 * is read may be kept and has to be asked for again each time; by nobody else where a credential was sent.
 */
export function withTag(
  outgoing: Outgoing,
  { version }: RouteAnswer,
  { method, auth, tagged }: Pick<MountedRoute, 'method' | 'auth' | 'tagged'>,
): Outgoing {
  const { headers, payload } = outgoing
  const isRead = method === 'GET'
  const kept = isRead ? { 'cache-control': auth.kind === 'public' ? 'no-cache' : privateAnswer } : {}
  if (payload === null || isPieces(payload) || headers['etag'] !== undefined)
    return isRead ? { ...outgoing, headers: { ...kept, ...headers } } : outgoing
  if (tagged === 'version' && version !== undefined)
    return { ...outgoing, headers: { ...kept, etag: versionTag(version, payload), ...headers } }
  if (!isRead) return outgoing
  return { ...outgoing, headers: { ...kept, etag: weakTag(shown(outgoing, payload)), ...headers } }
}

/** Of a list some is told by headers: how many rows there are, and where its neighbours are. */
function shown({ headers }: Outgoing, payload: string | Uint8Array): string | Uint8Array {
  const told = Object.entries(headers).filter(([name]) => name !== 'content-type')
  return told.length === 0 ? payload : `${JSON.stringify(told)}${digestOf(payload)}`
}
