import { SignJWT } from 'jose'
import { randomUUID } from 'node:crypto'
import { errors } from '../errors/index.ts'
import type { AccessClaims, AccessTokens } from './access-tokens.ts'
import { isJwtText } from './is-jwt-text.ts'
import { keyRingOf } from './key-ring.ts'
import type { KeyRing } from './key-ring.ts'
import { readObject, readSigned } from './signed-text.ts'
import type { TokenAlgorithm } from './token-algorithms.ts'
import type { TokenKey } from './token-keys.ts'

export interface JwtOptions {
  /** Who issues them: `https://api.example.com`. */
  readonly issuer: string
  /** Whom they are for; a token for somebody else is refused. */
  readonly audience: string
  /** Of each key that does not name its own. Default `HS256`. */
  readonly algorithm?: TokenAlgorithm
  /** The keys, read when an app starts whose routes use them, else at the first use: the first one signs, all of them check. */
  readonly keys: () => readonly TokenKey[] | Promise<readonly TokenKey[]>
  /** How long an access token is good, in seconds. Default 900. */
  readonly accessSeconds?: number
  /** How long a login is good, in seconds, however often it is refreshed. Default 30 days. */
  readonly refreshSeconds?: number
}

/** The type of an access token (RFC 9068), so that no other token of the same keys passes for one. */
const tokenType = 'at+jwt'

/** How far the clocks of several instances may be apart. */
const skewSeconds = 60

/**
 * Access tokens as JWT (RFC 9068). A ring of keys lets one follow another: put the new key first, and leave the former one behind
 * it until `accessSeconds` are over.
 *
 * `TOKEN_OPTIONS` for durations that cannot be; `TOKEN_KEYS`, at the start of an app whose routes
 * use a service of them, else at the first use, for a key that is missing, unreadable or too short.
 *
 * ```ts
 * const tokens = jwtTokens({
 *   issuer: 'https://api.example.com',
 *   audience: 'https://api.example.com',
 *   keys: () => [{ id: '2026-02', secret: process.env.TOKEN_SECRET }, { id: '2026-01', secret: process.env.FORMER_TOKEN_SECRET }],
 * })
 * ```
 */
export function jwtTokens(options: JwtOptions): AccessTokens {
  checkOptions(options)
  return new JwtTokens(options)
}

class JwtTokens implements AccessTokens {
  readonly accessSeconds: number
  readonly refreshSeconds: number
  readonly #options: JwtOptions
  #ring: Promise<KeyRing> | null = null

  constructor(options: JwtOptions) {
    this.#options = options
    this.accessSeconds = options.accessSeconds ?? 900
    this.refreshSeconds = options.refreshSeconds ?? 30 * 86_400
  }

  async ready(): Promise<void> {
    await this.#keys()
  }

  async issue({ subject, session }: AccessClaims, now: Date): Promise<string> {
    const { id, algorithm, signing } = (await this.#keys()).signing
    const { issuer, audience } = this.#options
    const iat = secondsOf(now)
    return new SignJWT({ sid: session })
      .setProtectedHeader({ alg: algorithm, kid: id, typ: tokenType })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(subject)
      .setIssuedAt(iat)
      .setExpirationTime(iat + this.accessSeconds)
      .setJti(randomUUID())
      .sign(signing as NonNullable<typeof signing>)
  }

  async verify(token: string, now: Date): Promise<AccessClaims | null> {
    if (!isJwtText(token)) return null
    const signed = await readSigned(token, await this.#keys())
    const claims = signed?.type === tokenType ? readObject(signed.payload) : null
    return claims === null ? null : this.#checked(claims, secondsOf(now))
  }

  #checked(claims: Readonly<Record<string, unknown>>, now: number): AccessClaims | null {
    const { iss, aud, exp, iat, jti, sub, sid } = claims
    const { issuer, audience } = this.#options
    const isForHere = iss === issuer && aud === audience
    const isNow = isSeconds(iat) && isSeconds(exp) && iat <= now + skewSeconds && now < exp
    return isForHere && isNow && isName(jti) && isName(sub) && isName(sid) ? { subject: sub, session: sid } : null
  }

  /** Read once; again where that failed. */
  #keys(): Promise<KeyRing> {
    this.#ring ??= this.#read()
    return this.#ring
  }

  async #read(): Promise<KeyRing> {
    try {
      return keyRingOf(await this.#options.keys(), this.#options.algorithm ?? 'HS256')
    } catch (error) {
      this.#ring = null
      throw error
    }
  }
}

function secondsOf(instant: Date): number {
  return Math.floor(instant.getTime() / 1000)
}

function isSeconds(value: unknown): value is number {
  return Number.isSafeInteger(value)
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function checkOptions({ issuer, audience, accessSeconds = 900, refreshSeconds = 30 * 86_400 }: JwtOptions): void {
  if (issuer === '' || audience === '')
    throw refused('issuer and audience must not be empty', 'Name who issues the tokens and whom they are for')
  if (!Number.isInteger(accessSeconds) || accessSeconds < 1 || accessSeconds > 86_400)
    throw refused(`accessSeconds is ${accessSeconds}`, 'Give a whole number from 1 to 86400, a day')
  if (!Number.isInteger(refreshSeconds) || refreshSeconds < accessSeconds || refreshSeconds > 366 * 86_400)
    throw refused(`refreshSeconds is ${refreshSeconds}`, 'Give a whole number from accessSeconds to 31622400, a year')
}

function refused(problem: string, remedy: string): Error {
  return errors.TOKEN_OPTIONS({ values: { problem, remedy } })
}
