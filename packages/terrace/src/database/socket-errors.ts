// Source: Node.js manual, "Common system errors", and `man 3 getaddrinfo`.
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there (ECONNREFUSED)',
  ECONNRESET: 'the connection was closed (ECONNRESET)',
  EPIPE: 'the connection was closed (EPIPE)',
  ETIMEDOUT: 'no answer came in time (ETIMEDOUT)',
  EHOSTUNREACH: 'the host cannot be reached (EHOSTUNREACH)',
  ENETUNREACH: 'the network cannot be reached (ENETUNREACH)',
  ENOTFOUND: 'the host name is unknown (ENOTFOUND)',
  EAI_AGAIN: 'the host name could not be looked up (EAI_AGAIN)',
  ENOENT: 'there is no such socket (ENOENT)',
}

/** What to do where a database cannot be reached and nothing more is known. */
export const reachRemedy = 'Start the database or correct its URL, then try again'

/** Why a host could not be reached, in words; null for codes that are not of Node's sockets. */
export function socketReason(code: string): string | null {
  return reasons[code] ?? (isSocketCode(code) ? `the system reports ${code}` : null)
}

/** Node's own code of a failed socket or name resolution. Drivers and servers write theirs differently. */
export function isSocketCode(code: unknown): boolean {
  return typeof code === 'string' && (code in reasons || /^E[A-Z]+$/.test(code))
}
