import { hash } from 'node:crypto'
import type { ActorKeys } from '../../database/index.ts'
import { errors } from '../../errors/index.ts'
import { actorText } from '../actor-text.ts'
import type { RequestHeaders } from '../headers-of.ts'

/** Whether a request may be sent again under a key, or has to have one. */
export type Idempotency = 'optional' | 'required'

/**
 * The key of a request: 1 to 255 visible characters, in quotes as the draft of its standard has it (a string of RFC 9651) or
 * without; `"a"` and `a` are one. Null where there is none, or where the route takes none.
 *
 * `IDEMPOTENCY_KEY_MALFORMED`, `IDEMPOTENCY_KEY_REQUIRED`.
 */
export function readIdempotencyKey(
  { idempotency }: { readonly idempotency: Idempotency | null },
  headers: RequestHeaders,
): string | null {
  if (idempotency === null) return null
  const { 'idempotency-key': sent } = headers
  if (sent === undefined) {
    if (idempotency === 'required') throw errors.IDEMPOTENCY_KEY_REQUIRED()
    return null
  }
  const found = /^(?:"([\x21\x23-\x5b\x5d-\x7e]{1,255})"|([\x21\x23-\x7e][\x21-\x7e]{0,254}))$/.exec(sent)
  const key = found?.[1] ?? found?.[2]
  if (key === undefined) throw errors.IDEMPOTENCY_KEY_MALFORMED()
  return key
}

/** What a request asks, as its bytes say it, and with which rights. */
export interface Asking {
  readonly method: string
  readonly path: string
  readonly queryString: string
  readonly headers: RequestHeaders
  readonly body: Uint8Array
  /** That its caller has now: what was answered to an administrator is not for who is one no more, nor for a key with fewer. */
  readonly roles: readonly string[]
}

/** Equal only for requests that ask the same of the same state, with the same rights. 43 characters. */
export function requestHash({ method, path, queryString, headers, body, roles }: Asking): string {
  const { 'if-match': match = null, 'if-none-match': noneMatch = null } = headers
  const held = [...new Set(roles)].toSorted()
  const head = JSON.stringify([method, path, queryString, match, noneMatch, held])
  return hash('sha256', Buffer.concat([Buffer.from(`${head}\n`), body]), 'base64url')
}

/**
 * The identity of a key: each caller has keys of their own. Those whom nobody knows cannot be told apart by their addresses (many share
 * one, and a telephone changes its own between two attempts), so theirs are told apart by what they ask: the answer to a
 * request is given again to nobody but whoever can send all of it.
 */
export function keyIdentity(key: string, actor: ActorKeys, request: string): string {
  const isKnown = Object.keys(actor).length > 0
  return hash('sha256', JSON.stringify([key, isKnown ? actorText(actor) : request]), 'base64url')
}
