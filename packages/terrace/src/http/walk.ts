import type { Database, Scope, Session } from '../database/index.ts'
import { errors } from '../errors/index.ts'
import type { AppDependencies } from './app-dependencies.ts'
import { begun, discard, isPieces } from './content-payload.ts'
import type { Payload } from './content-payload.ts'
import { encodeAnswer } from './encode-answer.ts'
import type { Outgoing } from './outgoing.ts'
import { FinishList } from './finish-list.ts'
import type { RequestHeaders } from './headers-of.ts'
import { identified, readCredential } from './identify.ts'
import { readJson } from './json-body.ts'
import { readConditions, unlessKnown } from './conditions.ts'
import { readIdempotencyKey } from './idempotency/idempotency-key.ts'
import type { RepeatableRequest, RepeatableRequests } from './idempotency/repeatable-requests.ts'
import type { KeyFor } from './key-for.ts'
import type { TellLimit } from './limit-fields.ts'
import type { Log } from './log.ts'
import type { Quotas } from './quotas.ts'
import { readSent } from './read-sent.ts'
import type { RequestFacts } from './request-facts.ts'
import { resolveUses } from './resolve-uses.ts'
import type { ResponseStyle } from './response-style.ts'
import type { MountedRoute } from './route-facts.ts'

/** A request whose bytes have all been received. */
export interface Incoming {
  readonly path: string
  /** What stands behind the `?`. */
  readonly queryString: string
  readonly pathTexts: Readonly<Record<string, string>>
  readonly headers: RequestHeaders
  /** Of whoever asks, as far as proxies are trusted. */
  readonly address: string
  readonly body: Uint8Array
  /** Whether nobody is left to read the answer. */
  isClientGone(): boolean
  /** Aborted when nobody is left to read the answer. */
  readonly signal: () => AbortSignal
  /** Resolves when the answer is sent, or nobody is left to read it. */
  readonly answered: () => Promise<void>
  /** Says in the answer, whatever it will be, how much of a quota is left. */
  readonly tellLimit: TellLimit
}

export interface WalkParts {
  readonly database: Database
  readonly style: ResponseStyle
  readonly log: Log
  readonly dependencies: AppDependencies
  readonly keyFor: KeyFor
  readonly quotas: Quotas
  /** Null where no answers are kept. */
  readonly repeatable: RepeatableRequests | null
}

/**
 * The way of one request from its received bytes to the text of its answer: who asks, is it well formed, the work in one
 * session, projected, written and, where it is made in pieces, begun before the commit. Everything that is not a success is thrown, so the unit rolls back; a
 * client that has gone by then cannot be told of a success.
 */
export async function walk(route: MountedRoute, incoming: Incoming, parts: WalkParts): Promise<Outgoing> {
  const credential = readCredential(route.auth, incoming.headers)
  const conditions = readConditions(route, incoming.headers)
  const key = readIdempotencyKey(route, incoming.headers)
  const json = route.body === null ? undefined : readJson(incoming.body)
  const { scope, quota } = await identified(credential, parts)
  if (quota !== null) await parts.quotas.take(quota, incoming.tellLimit)
  const { actor, roles } = scope.kind === 'actor' ? scope : nobody
  if (route.roles.length > 0) requireRoles(route.roles, roles)
  const { queryString, pathTexts, path, headers, address, signal } = incoming
  const { params, query, body } = await readSent(route, { queryString, pathTexts, json })
  const facts = { params, query, body, actor, roles, path, headers, conditions, address, signal, keyFor: parts.keyFor }
  const handling = { ...parts, scope, facts }
  if (key === null || parts.repeatable === null) return handled(route, incoming, { ...handling, repeated: null })
  const repeated = parts.repeatable.begin(key, actor, { method: route.method, roles, ...incoming })
  try {
    return await handled(route, incoming, { ...handling, repeated })
  } finally {
    repeated.leave()
  }
}

function requireRoles(needed: MountedRoute['roles'], roles: readonly string[]): void {
  if (!needed.every((choice) => choice.some((role) => roles.includes(role)))) throw errors.ROLE_MISSING()
}

const nobody = { actor: {}, roles: [] } as const

/** For the requests in which nothing is made: it stays empty. */
const nothing = new FinishList()

interface Handling extends WalkParts {
  readonly scope: Scope
  readonly facts: Omit<RequestFacts, 'session'>
  /** The request under its key; null where it has none. */
  readonly repeated: RepeatableRequest | null
}

/** Of content that will not be sent. What fails here changes no answer, least of all the one to a commit that nobody knows of. */
async function letGo(payload: Payload | null, log: Log): Promise<void> {
  try {
    await discard(payload)
  } catch (error) {
    log.error({ err: error }, 'content could not be let go')
  }
}

function requireClient(incoming: Incoming): void {
  if (incoming.isClientGone()) throw errors.CLIENT_GONE()
}

/** The unit of work, and what belongs to its end however that comes. */
async function handled(route: MountedRoute, incoming: Incoming, handling: Handling): Promise<Outgoing> {
  const { database, dependencies, log, style, scope, facts, repeated } = handling
  const uses = dependencies.usesOf(route)
  const finishing = uses.makesAny ? new FinishList() : nothing
  let payload: Payload | null = null
  const work = async (session: Session): Promise<Outgoing> => {
    // Also before a run that is repeated: nobody waits for what it would do.
    requireClient(incoming)
    const earlier = repeated === null ? null : await repeated.earlier(session)
    if (earlier !== null) return earlier
    const request = { ...facts, session }
    const used = resolveUses(uses, { request, database, finishing })
    const use = used instanceof Promise ? await used : used
    const answer = await route.handler({ ...request, use })
    const encoded = await encodeAnswer(answer, route, style)
    const outgoing = route.method === 'GET' ? unlessKnown(encoded, facts.conditions) : encoded
    if (outgoing !== encoded) await letGo(encoded.payload, log)
    // Of a run that is repeated, nothing is sent.
    if (payload !== null) await letGo(payload, log)
    payload = outgoing.payload
    if (isPieces(payload)) payload = await begun(payload)
    if (repeated !== null && !isPieces(outgoing.payload))
      await repeated.keep(session, { ...outgoing, payload: outgoing.payload })
    requireClient(incoming)
    return payload === outgoing.payload ? outgoing : { ...outgoing, payload }
  }
  try {
    return await database.session(scope, work, { repeatable: route.repeatable })
  } catch (error) {
    await letGo(payload, log)
    throw error
  } finally {
    if (uses.makesAny) dependencies.finishAfter(incoming.answered(), finishing)
    if (repeated !== null) dependencies.afterAnswer(incoming.answered(), () => handling.repeatable?.clearIfDue())
  }
}
