import type { FastifyReply } from 'fastify'
import { remainingOf, waitMsOf } from '../rate/index.ts'
import type { RateLimit } from '../rate/index.ts'

/** What is told of a limit: two members of structured fields (RFC 9651), as draft-ietf-httpapi-ratelimit-headers-10 has them. */
export interface LimitFields {
  /** `"default";r=99;t=1`: how many are left, and the seconds until all are. Where it is used up, until the next one is. */
  readonly rateLimit: string
  /** `"default";q=100;w=60`: so many within so many seconds. */
  readonly policy: string
}

/** Takes what is told of a limit into the answer, beside what other limits have told. */
export type TellLimit = (fields: LimitFields) => void

/** What is told of one limit, by how full its bucket is. */
export function limitFieldsOf(name: string, limit: RateLimit): (emptyInMs: number) => LimitFields {
  const quoted = `"${name.replaceAll(/[^ !#-[\]-~]/g, '')}"`
  const policy = `${quoted};q=${limit.max};w=${Math.ceil(limit.windowMs / 1_000)}`
  return (emptyInMs) => {
    const resetMs = waitMsOf(emptyInMs, limit) || emptyInMs
    const rateLimit = `${quoted};r=${remainingOf(emptyInMs, limit)};t=${Math.ceil(resetMs / 1_000)}`
    return { rateLimit, policy }
  }
}

/** Beside what other limits have told. */
export function tellLimit(reply: FastifyReply, { rateLimit, policy }: LimitFields): void {
  reply.header('ratelimit', joined(reply.getHeader('ratelimit'), rateLimit))
  reply.header('ratelimit-policy', joined(reply.getHeader('ratelimit-policy'), policy))
}

function joined(told: ReturnType<FastifyReply['getHeader']>, more: string): string {
  return told === undefined ? more : `${String(told)}, ${more}`
}
