import { memoryUrl, shownUrl } from '../../connect/index.ts'
import { isLoopbackHost } from './exposure-findings.ts'
import { problem, type Finding } from './finding.ts'

/** What its URL says of a database. */
export function databaseFindings(url: string): readonly Finding[] {
  const where = shownUrl(url)
  if (url === memoryUrl || url.endsWith(':memory:')) {
    const why = 'it is in memory: everything is lost when the process ends, and each instance has another one'
    return [problem('DATABASE_IN_MEMORY', where, { why, remedy: 'Set DATABASE_URL to a file or a server' })]
  }
  const { hostname, searchParams } = URL.canParse(url)
    ? new URL(url)
    : { hostname: '', searchParams: new URLSearchParams() }
  if (hostname === '' || isLoopbackHost(hostname) || isEncrypted(searchParams)) return []
  return [
    problem('DATABASE_PLAIN', where, {
      why: 'passwords and rows travel without TLS to another machine',
      remedy: 'Add ssl=true to the URL, or sslmode=verify-full where its driver knows that',
    }),
  ]
}

/** Those of `sslmode` that may go on without encryption are none. */
function isEncrypted(options: URLSearchParams): boolean {
  const mode = options.get('sslmode')
  if (mode !== null) return ['require', 'verify-ca', 'verify-full'].includes(mode)
  const ssl = options.get('ssl')
  return ssl !== null && ssl !== 'false' && ssl !== '0'
}
