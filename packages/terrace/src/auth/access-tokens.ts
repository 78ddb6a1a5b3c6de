/** What an access token says: who, and by which login. */
export interface AccessClaims {
  /** The key of the user, as text. */
  readonly subject: string
  /** The login: the family of its refresh tokens. */
  readonly session: string
}

/** Short-lived tokens that say by themselves who sends them; `jwtTokens` makes one such issuer. */
export interface AccessTokens {
  /** How long an access token is good, in seconds. */
  readonly accessSeconds: number
  /** How long a login is good, in seconds: then a password is needed again, however often it was refreshed. */
  readonly refreshSeconds: number
  /** Rejects with what keeps tokens from being issued, so that an app does not start with it. Default nothing does. */
  ready?(): Promise<void>
  /** A new token, good from `now` on. */
  issue(claims: AccessClaims, now: Date): Promise<string>
  /** What a token says; null unless it was issued here, for here, and is good at `now`. */
  verify(token: string, now: Date): Promise<AccessClaims | null>
}
