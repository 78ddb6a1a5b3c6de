/** What a login gives, as OAuth 2 names it (RFC 6749, section 5.1). */
export interface IssuedTokens {
  /** Sent as `authorization: Bearer <token>`. */
  readonly accessToken: string
  /** Good for one use: for the next pair. */
  readonly refreshToken: string
  readonly tokenType: 'Bearer'
  /** How long the access token is good, in seconds. */
  readonly expiresIn: number
}
