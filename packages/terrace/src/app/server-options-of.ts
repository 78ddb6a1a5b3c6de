import type { ServerOptions } from '../http/index.ts'
import type { App } from './create-app.ts'
import { serverOptionsIn } from './server-options-in.ts'
import type { StartSettings } from './start-settings.ts'

/** What is given at start over what the app says, limits one by one; the origins of `CORS_ORIGINS` join those of the app. */
export function serverOptionsOf(
  app: App,
  given: Omit<ServerOptions, 'idempotency'>,
  { corsOrigins }: Pick<StartSettings, 'corsOrigins'>,
): ServerOptions {
  const limits = given.limits === undefined ? {} : { limits: { ...app.server.limits, ...given.limits } }
  const options = { ...app.server, ...serverOptionsIn(given), ...limits }
  if (corsOrigins === null || corsOrigins.length === 0 || options.cors?.origins === '*') return options
  return { ...options, cors: { ...options.cors, origins: [...(options.cors?.origins ?? []), ...corsOrigins] } }
}
