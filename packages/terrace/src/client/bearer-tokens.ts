import type { ApiClientOptions } from './api-client-options.ts'
import { insideWork } from './inside.ts'

export interface Tokens {
  /** Called as a call begins, before it awaits anything: one that `refresh` makes is known by it. */
  begin(request: Request): void
  of(request: Request): Promise<TokenOfCall>
  /** Whether a token may be sent there. */
  belongsTo(url: string): boolean
}

export interface TokenOfCall {
  readonly token: string | null
  /** The one to send where that was refused; null where there is none. */
  next(): Promise<string | null>
}

const defaultTimeoutMs = 30_000

/** Null where calls have none. */
export function bearerTokens(options: ApiClientOptions): Tokens | null {
  const { baseUrl, token, refresh, timeoutMs = defaultTimeoutMs } = options
  if (token === undefined) return null
  // Its 401 is read after that, within the time of the call.
  const longestWaitMs = (timeoutMs || defaultTimeoutMs) / 2
  const inside = insideWork()
  const own = new WeakSet<Request>()
  let renewing: Promise<string | null> | null = null
  const renewed = (refused: string | null): Promise<string | null> => {
    if (refresh === undefined) return Promise.resolve(null)
    renewing ??= inside
      .run(async () => refresh(refused))
      .finally(() => {
        renewing = null
      })
    return renewing
  }
  return {
    begin: (request) => {
      if (inside.isHere()) own.add(request)
    },
    of: async (request) => {
      const meanwhile = renewing
      const sent = await token()
      const next = async (): Promise<string | null> => {
        // It would wait for itself.
        if (own.has(request)) return null
        if (renewing !== null) return renewing === meanwhile ? soon(renewing, longestWaitMs) : renewing
        const known = await token()
        // Somebody else's call has got a new one since.
        return known !== null && known !== sent ? known : renewed(sent)
      }
      return { token: sent, next }
    },
    belongsTo: (url) => originOf(url) === originOf(baseUrl),
  }
}

/** Null where it takes longer. A call that began meanwhile may be one that `refresh` waits for. */
async function soon(renewing: Promise<string | null>, ms: number): Promise<string | null> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, ms, null)
  })
  return Promise.race([renewing, late]).finally(() => clearTimeout(timer))
}

/** A base without an origin is that of the page. */
function originOf(url: string): string | null {
  const { location } = globalThis as { readonly location?: { readonly href: string } }
  return URL.canParse(url, location?.href) ? new URL(url, location?.href).origin : null
}
