import type { ApiClientOptions } from './api-client-options.ts'

export interface Tokens {
  current(): Promise<string | null>
  /** The token after one that was refused; null where there is none. */
  after(refused: string | null): Promise<string | null>
  /** Whether a token may be sent there. */
  belongsTo(url: string): boolean
}

/** Null where calls have none. */
export function bearerTokens({ baseUrl, token, refresh }: ApiClientOptions): Tokens | null {
  if (token === undefined) return null
  let renewing: Promise<string | null> | null = null
  const renewed = (refused: string | null): Promise<string | null> => {
    if (refresh === undefined) return Promise.resolve(null)
    renewing ??= refresh(refused).finally(() => {
      renewing = null
    })
    return renewing
  }
  return {
    current: async () => token(),
    after: async (refused) => {
      if (renewing !== null) return renewing
      const known = await token()
      // Somebody else's call has got a new one since.
      return known !== null && known !== refused ? known : renewed(refused)
    },
    belongsTo: (url) => originOf(url) === originOf(baseUrl),
  }
}

/** A base without an origin is that of the page. */
function originOf(url: string): string | null {
  const { location } = globalThis as { readonly location?: { readonly href: string } }
  return URL.canParse(url, location?.href) ? new URL(url, location?.href).origin : null
}
