import { createHash } from 'node:crypto'
import type { Database } from '../../database/index.ts'
import type { Authentication } from '../authentication.ts'
import type { Outgoing } from '../outgoing.ts'
import { identified, readCredential } from '../identify.ts'
import type { Log } from '../log.ts'
import type { OwnRequest, OwnRoute } from '../own-routes.ts'
import { openApiDocument } from './openapi-document.ts'
import type { OpenApiFacts } from './openapi-document.ts'

export interface DocumentRouteParts {
  readonly facts: OpenApiFacts
  /** Who may read it; null for everybody. */
  readonly auth: Authentication | null
  readonly database: Database
  readonly log: Log
}

/**
 * `/openapi.json`: the document, written at the first request and kept as text. Clients ask again each time and are told by its
 * `etag` that nothing has changed.
 */
export function documentRoute({ facts, auth, database, log }: DocumentRouteParts): OwnRoute {
  let kept: Text | null = null
  const answer = async ({ headers }: OwnRequest): Promise<Outgoing> => {
    if (auth !== null) await identified(readCredential(auth, headers), { database, log })
    kept ??= textOf(facts)
    const cacheControl = auth === null ? 'no-cache' : 'private, no-cache'
    const common = {
      etag: kept.etag,
      'cache-control': cacheControl,
      ...(auth === null ? {} : { vary: auth.scheme.header ?? 'authorization' }),
    }
    if (isKnown(headers['if-none-match'], kept.etag)) return { status: 304, headers: common, payload: null }
    return {
      status: 200,
      headers: { ...common, 'content-type': 'application/json; charset=utf-8' },
      payload: kept.text,
    }
  }
  return { path: '/openapi.json', answer, ...(auth === null ? {} : { challenge: auth.scheme.challenge }) }
}

interface Text {
  readonly text: string
  readonly etag: string
}

function textOf(facts: OpenApiFacts): Text {
  const text = JSON.stringify(openApiDocument(facts))
  return { text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"` }
}

/** RFC 9110, section 13.1.2: a list of tags, compared weakly, or `*`. */
function isKnown(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  return header.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')))
}
