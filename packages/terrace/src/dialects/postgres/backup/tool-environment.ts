import { parseServerUrl } from '../connection-url.ts'

/**
 * Where and as whom the client programs connect, as the driver does: from the URL, then from the environment. All of it as
 * variables: arguments can be read by everybody on the machine. Source: PostgreSQL manual, "Environment Variables" of libpq.
 */
export function toolEnvironment(text: string): Readonly<Record<string, string | undefined>> {
  const { forDriver, database } = parseServerUrl(text)
  const url = new URL(forDriver)
  const option = (name: string): string | undefined => url.searchParams.get(name) ?? undefined
  const host = option('host') ?? decoded(url.hostname.replace(/^\[(.*)\]$/, '$1'))
  const given = {
    // Where the URL names none, the driver takes this machine by TCP and the programs its socket.
    PGHOST: host === '' ? (process.env['PGHOST'] ?? 'localhost') : host,
    PGPORT: option('port') ?? (url.port === '' ? undefined : url.port),
    PGUSER: option('user') ?? nonEmpty(decoded(url.username)),
    PGPASSWORD: option('password') ?? nonEmpty(decoded(url.password)),
    PGDATABASE: database,
    PGSSLMODE: sslModeOf(url),
    PGSSLROOTCERT: option('sslrootcert'),
    PGSSLCERT: option('sslcert'),
    PGSSLKEY: option('sslkey'),
    PGOPTIONS: option('options'),
    PGAPPNAME: option('application_name') ?? 'terrace',
    PGCONNECT_TIMEOUT: '10',
  }
  const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  // These would go before the host, the database or the client's encoding that the URL means.
  return { PGSERVICE: undefined, PGHOSTADDR: undefined, PGCLIENTENCODING: undefined, ...present }
}

/** `no-verify` is the driver's own word; `ssl=true` is what it calls encrypted and checked. */
function sslModeOf(url: URL): string | undefined {
  const mode = url.searchParams.get('sslmode')
  if (mode !== null) return mode === 'no-verify' ? 'require' : mode
  const ssl = url.searchParams.get('ssl')
  if (ssl === 'true' || ssl === '1') return 'verify-full'
  return ssl === 'false' || ssl === '0' ? 'disable' : undefined
}

/** A stray % is itself to the driver. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

function nonEmpty(text: string): string | undefined {
  return text === '' ? undefined : text
}
