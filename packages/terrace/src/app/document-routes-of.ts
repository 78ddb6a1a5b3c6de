import type { Database } from '../database/index.ts'
import { declarationError, docsPackage, docsRoutes, documentRoute, hasDocsPackage } from '../http/index.ts'
import type { OwnRoute } from '../http/index.ts'
import type { Log } from '../observe/index.ts'
import type { App } from './create-app.ts'

export interface DocumentRouteOptions {
  readonly database: Database
  readonly log: Log
  /** Null: where the app brings what the page needs, and anybody may read what it shows. */
  readonly docs: boolean | null
}

/**
 * `/openapi.json` and `/docs`, as far as the app shows them. A browser sends no credential with a page, so there is none where the
 * document is behind an authentication. `APP_DECLARATION` for a page that was asked for and cannot be.
 */
export function documentRoutesOf(app: App, { database, log, docs }: DocumentRouteOptions): readonly OwnRoute[] {
  const { openapi } = app
  const problem = openapi === true ? missingPackage() : hiddenDocument
  if (docs === true && problem !== null) throw declarationError({ where: 'docs: true', ...problem })
  if (openapi === false) return []
  const document = documentRoute({ facts: app, auth: openapi === true ? null : openapi, database, log })
  return docs === false || problem !== null ? [document] : [document, ...docsRoutes(app)]
}

const hiddenDocument = {
  problem: 'anybody could open the page, but not everybody may read what it shows',
  remedy: 'Leave openapi out of createApp, or docs out of the start',
} as const

function missingPackage(): { readonly problem: string; readonly remedy: string } | null {
  if (hasDocsPackage()) return null
  return { problem: `the package ${docsPackage} is not installed`, remedy: `Run npm install ${docsPackage}` }
}
