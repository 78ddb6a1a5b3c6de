import type { Database } from '../database/index.ts'
import { parseAnyShape } from '../dto/index.ts'
import type { Shape } from '../dto/index.ts'
import { errors } from '../errors/index.ts'
import type { AppDependencies } from './app-dependencies.ts'
import { begun, discard, isPieces } from './content-payload.ts'
import { encodeAnswer } from './encode-answer.ts'
import type { Outgoing } from './encode-answer.ts'
import { FinishList } from './finish-list.ts'
import { readCredential, scopeOf } from './identify.ts'
import { readJson } from './json-body.ts'
import type { Log } from './log.ts'
import { readQueryString } from './query-string.ts'
import { refuseUnknownNames } from './query-values.ts'
import { resolveUses } from './resolve-uses.ts'
import type { ResponseStyle } from './response-style.ts'
import type { MountedRoute } from './route-facts.ts'

/** A request whose bytes have all been received. */
export interface Incoming {
  readonly path: string
  /** What stands behind the `?`. */
  readonly queryString: string
  readonly pathTexts: Readonly<Record<string, string>>
  readonly authorization: string | undefined
  readonly body: Uint8Array
  /** Whether nobody is left to read the answer. */
  isClientGone(): boolean
  /** Aborted when nobody is left to read the answer. */
  readonly signal: () => AbortSignal
  /** Resolves when the answer is sent, or nobody is left to read it. */
  readonly answered: () => Promise<void>
}

export interface WalkParts {
  readonly database: Database
  readonly style: ResponseStyle
  readonly log: Log
  readonly dependencies: AppDependencies
}

/**
 * The way of one request from its received bytes to the text of its answer: who asks, is it well formed, the work in one
 * session, projected and written before the commit. Everything that is not a success is thrown, so the unit rolls back; a
 * client that has gone by then cannot be told of a success.
 */
export async function walk(route: MountedRoute, incoming: Incoming, parts: WalkParts): Promise<Outgoing> {
  const token = readCredential(route.auth, incoming.authorization)
  const json = route.body === null ? undefined : readJson(incoming.body)
  const scope = await scopeOf(route.auth, token, parts)
  const { actor, roles } = scope.kind === 'actor' ? scope : nobody
  if (route.roles.length > 0) requireRole(route.roles, roles)
  const query = readQuery(route, incoming.queryString)
  const body = route.body === null ? undefined : await readBody(route.body, json)
  const params = route.params?.read(incoming.pathTexts)
  const facts = { params, query, body, actor, roles, path: incoming.path, signal: incoming.signal }
  const uses = parts.dependencies.usesOf(route)
  const finishing = uses.makesAny ? new FinishList() : nothing
  let made: Outgoing | null = null
  try {
    const outgoing = await parts.database.session(
      scope,
      async (session) => {
        const request = { ...facts, session }
        const used = resolveUses(uses, { request, database: parts.database, finishing })
        const use = used instanceof Promise ? await used : used
        made = await encodeAnswer(await route.handler({ ...request, use }), route.responses, parts.style)
        if (incoming.isClientGone()) throw errors.CLIENT_GONE()
        return made
      },
      { repeatable: route.repeatable },
    )
    return isPieces(outgoing.payload) ? { ...outgoing, payload: await begun(outgoing.payload) } : outgoing
  } catch (error) {
    await discard((made as Outgoing | null)?.payload ?? null)
    throw error
  } finally {
    if (uses.makesAny) parts.dependencies.finishAfter(incoming.answered(), finishing)
  }
}

/** For the requests in which nothing is made: it stays empty. */
const nothing = new FinishList()

const noNames: ReadonlySet<string> = new Set()

function readQuery(route: MountedRoute, queryString: string): unknown {
  const texts = readQueryString(queryString)
  if (route.query !== null) return route.query.read(texts)
  refuseUnknownNames(texts, noNames)
  return undefined
}

function requireRole(needed: readonly string[], roles: readonly string[]): void {
  if (!needed.some((role) => roles.includes(role))) throw errors.ROLE_MISSING()
}

const nobody = { actor: {}, roles: [] } as const

async function readBody(shape: Shape, json: unknown): Promise<unknown> {
  const parsed = await parseAnyShape(shape, json)
  if (!parsed.ok) throw errors.VALIDATION({ issues: parsed.issues })
  return parsed.value
}
