import { inProduction } from '../../app/index.ts'
import type { App, StartOptions } from '../../app/index.ts'
import { note, problem, type Finding } from './finding.ts'

export interface Exposure {
  readonly app: App
  /** Of the app, and of what its start is given. */
  readonly start: StartOptions
  readonly values: Readonly<Record<string, unknown>>
  readonly env: Readonly<Record<string, string | undefined>>
}

/** What the outside can see and do that it should not. */
export function exposureFindings(exposure: Exposure): readonly Finding[] {
  return [
    ...environmentFindings(exposure),
    ...corsFindings(exposure),
    ...debugFindings(exposure),
    ...metricsFindings(exposure),
    ...documentFindings(exposure),
    ...proxyFindings(exposure),
    ...pluginFindings(exposure),
  ]
}

function environmentFindings({ env }: Exposure): readonly Finding[] {
  if (inProduction(env)) return []
  const why = 'neither NODE_ENV=production nor ENV_TYPE=prod is set, so the app shows what helps while developing'
  return [
    problem('ENVIRONMENT_DEVELOPMENT', 'environment', { why, remedy: 'Set NODE_ENV=production where the app runs' }),
  ]
}

function corsFindings({ app, start, values }: Exposure): readonly Finding[] {
  const origins = start.cors?.origins ?? app.server.cors?.origins
  const listed = [
    ...(Array.isArray(origins) ? origins : []),
    ...((values['CORS_ORIGINS'] as string[] | undefined) ?? []),
  ]
  const isGuarded = app.routes.some(({ auth }) => auth.kind !== 'public')
  const wide =
    origins === '*' && isGuarded
      ? [
          problem('CORS_WILDCARD', 'cors.origins', {
            why: 'pages of every origin may call routes that ask for a credential, and read the answers',
            remedy: "Name the origins of your own pages instead of '*'",
          }),
        ]
      : []
  const plain = listed.filter((origin) => origin.startsWith('http://') && !isLoopbackHost(new URL(origin).hostname))
  return [
    ...wide,
    ...plain.map((origin) =>
      problem('CORS_PLAIN_ORIGIN', origin, {
        why: 'whoever is on the way can change a page that came without TLS, and so call the API as its user',
        remedy: 'Name the origin with https',
      }),
    ),
  ]
}

function debugFindings({ start, values }: Exposure): readonly Finding[] {
  const places = [
    ...(start.debug === true ? ['start.debug'] : []),
    ...(start.debug === undefined && values['DEBUG'] === true ? ['DEBUG'] : []),
    ...(start.log === 'debug' ? ['start.log'] : []),
  ]
  const why = 'each statement is logged, and each request with what it may hold of its user'
  return places.map((where) => problem('DEBUG_ON', where, { why, remedy: 'Turn it off' }))
}

function metricsFindings({ start, values }: Exposure): readonly Finding[] {
  const { metrics } = start
  if (metrics === false) return []
  const port = metrics?.port ?? values['METRICS_PORT']
  const token = metrics?.token ?? values['METRICS_TOKEN']
  const host = String(start.host ?? values['HOST'] ?? '')
  if (port === undefined || token !== undefined || isLoopbackHost(host)) return []
  const why = `whoever reaches ${host === '' ? 'the host' : host} on the port of the metrics reads them`
  return [
    problem('METRICS_OPEN', 'METRICS_PORT', { why, remedy: 'Set METRICS_TOKEN too, or close the port to the outside' }),
  ]
}

function documentFindings({ app, start }: Exposure): readonly Finding[] {
  const page =
    start.docs === true
      ? [
          problem('DOCS_OPEN', 'start.docs', {
            why: 'the page on which people try the API is there for everybody',
            remedy: 'Leave docs out of the start',
          }),
        ]
      : []
  if (app.openapi !== true) return page
  const why = 'everybody reads which routes there are and what they take: right for a public API'
  return [
    ...page,
    note('OPENAPI_OPEN', '/openapi.json', { why, remedy: 'Else createApp({ openapi: authentication }), or false' }),
  ]
}

function proxyFindings({ app, start }: Exposure): readonly Finding[] {
  if ((start.trustProxy ?? app.server.trustProxy) !== true) return []
  return [
    problem('TRUST_PROXY_ALL', 'trustProxy', {
      why: 'whatever a caller says of their address is believed, so limits by address hold nobody',
      remedy: 'Give the number of your proxies, or their addresses',
    }),
  ]
}

function pluginFindings({ app }: Exposure): readonly Finding[] {
  if (app.fastify === null) return []
  const why = 'its routes stand outside the layers: who may call them, and what CORS it adds, is not examined here'
  return [note('PLUGIN', 'createApp({ fastify })', { why, remedy: 'Look at what it registers' })]
}

/** A host of this machine alone. */
export function isLoopbackHost(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)
}
