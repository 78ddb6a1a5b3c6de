import type { FastifyReply, FastifyRequest } from 'fastify'
import { errors } from '../errors/index.ts'
import { noRouteError } from './allowed-methods.ts'
import type { AllowedMethods } from './allowed-methods.ts'
import { readCredential } from './identify.ts'
import { checkMediaType } from './media-type.ts'
import { mountedOf } from './mounted-of.ts'
import { splitUrl } from './split-url.ts'

export interface HeadRules {
  readonly allowed: AllowedMethods
  /** Of the path and of the query, each. */
  readonly urlBytes: number
}

/** Throws whatever can be refused by the head of a request, before a byte of its body is read. */
export function checkHead(request: FastifyRequest, reply: FastifyReply, { allowed, urlBytes }: HeadRules): void {
  if (request.is404) requireRoute(request, reply, allowed)
  checkUrl(request.url, urlBytes)
  const route = mountedOf(request)
  if (route === undefined) return
  readCredential(route.auth, request.headers.authorization)
  if (route.body !== null) checkMediaType(request.headers, route.method)
}

function requireRoute(request: FastifyRequest, reply: FastifyReply, allowed: AllowedMethods): never {
  const answered = allowed(splitUrl(request.url).path)
  if (answered.length > 0) reply.header('allow', answered.join(', '))
  throw noRouteError(request.method, answered)
}

function checkUrl(url: string, limit: number): void {
  if (url.length <= limit) return
  const { path, queryString } = splitUrl(url)
  if (path.length > limit || queryString.length > limit) throw errors.URL_TOO_LONG({ values: { limit } })
}
