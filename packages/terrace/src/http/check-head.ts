import type { FastifyReply, FastifyRequest } from 'fastify'
import { errors } from '../errors/index.ts'
import { noRouteError } from './allowed-methods.ts'
import type { AllowedMethods } from './allowed-methods.ts'
import { readCredential } from './identify.ts'
import { tellLimit } from './limit-fields.ts'
import { checkMediaType } from './media-type.ts'
import type { CheckRate } from './rate-limits.ts'
import type { MountedRoute } from './route-facts.ts'
import { splitUrl } from './split-url.ts'

/**
 * What Node would refuse by itself, in no style: an unknown expectation (417), HTTP/1.1 without a host (400). Both are set to be
 * passed on to here.
 */
export function checkProtocol({ raw }: FastifyRequest): void {
  const { expect, host } = raw.headers
  if (expect !== undefined && expect.toLowerCase() !== '100-continue') throw errors.EXPECTATION_FAILED()
  if (host === undefined && raw.httpVersion === '1.1') throw errors.REQUEST_MALFORMED()
}

/** Throws where no route was found, with the header `allow` where the path has others. */
export function refuseUnrouted(request: FastifyRequest, reply: FastifyReply, allowed: AllowedMethods): never {
  const answered = allowed(splitUrl(request.url).path)
  if (answered.length > 0) reply.header('allow', answered.join(', '))
  throw noRouteError(request.method, answered)
}

export interface HeadRules {
  /** Of the path and of the query, each. */
  readonly urlBytes: number
  readonly checkRate: CheckRate | null
}

/** Throws whatever can be refused by the head of a request, before a byte of its body is read. A promise where something waits. */
export function checkHead(call: Call, route: MountedRoute, rules: HeadRules): void | Promise<void> {
  const waiting = checkUsage(call, rules)
  return waiting === undefined ? checkSent(call, route) : waiting.then(() => checkSent(call, route))
}

export interface Call {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

function checkSent({ request }: Call, route: MountedRoute): void {
  readCredential(route.auth, request.headers)
  if (route.body !== null) checkMediaType(request.headers, route.method)
}

/** What holds for every request, also outside the layers. */
export function checkUsage({ request, reply }: Call, rules: HeadRules): void | Promise<void> {
  checkUrl(request.url, rules.urlBytes)
  return rules.checkRate?.(request, (fields) => tellLimit(reply, fields))
}

function checkUrl(url: string, limit: number): void {
  if (url.length <= limit) return
  const { path, queryString } = splitUrl(url)
  if (path.length > limit || queryString.length > limit) throw errors.URL_TOO_LONG({ values: { limit } })
}
