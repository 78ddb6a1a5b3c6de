import { createHmac, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { jwtTokens } from './jwt-tokens.ts'
import type { JwtOptions } from './jwt-tokens.ts'
import type { TokenKey } from './token-keys.ts'

const secret = randomBytes(32)
const now = new Date('2026-03-01T12:00:00Z')
const seconds = now.getTime() / 1000
const later = (after: number) => new Date(now.getTime() + after * 1000)
const claims = { subject: '7', session: 'b0b1f7a2-6f2e-7c11-8f00-000000000000' }
const here = { issuer: 'https://api.example.com', audience: 'api' }

function tokensOf(keys: readonly TokenKey[], options: Partial<JwtOptions> = {}) {
  return jwtTokens({ ...here, keys: () => keys, ...options })
}

const tokens = tokensOf([{ id: 'one', secret }])

test('B11: a token says who and by which login, for fifteen minutes', async () => {
  const token = await tokens.issue(claims, now)
  expect(await tokens.verify(token, now)).toEqual(claims)
  expect(await tokens.verify(token, later(899))).toEqual(claims)
  expect(await tokens.verify(token, later(900))).toBeNull()
  const [header, payload] = token.split('.').map((part) => Buffer.from(part, 'base64url').toString())
  expect(JSON.parse(header ?? '')).toEqual({ alg: 'HS256', kid: 'one', typ: 'at+jwt' })
  expect(JSON.parse(payload ?? '')).toEqual({
    iss: here.issuer,
    aud: 'api',
    sub: '7',
    sid: claims.session,
    iat: seconds,
    exp: seconds + 900,
    jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
})

test('no two tokens are the same', async () => {
  const made = await Promise.all(Array.from({ length: 50 }, () => tokens.issue(claims, now)))
  expect(new Set(made).size).toBe(50)
})

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const ed25519 = generateKeyPairSync('ed25519')

test.each([
  ['HS384', { secret: randomBytes(48) }],
  ['HS512', { secret: randomBytes(64).toString('hex') }],
  ['ES256', { privateKey: p256.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string }],
  ['EdDSA', { privateKey: ed25519.privateKey.export({ format: 'jwk' }) }],
  ['RS256', { privateKey: rsa.privateKey }],
  ['PS256', { privateKey: rsa.privateKey }],
] as const)('%s signs and checks', async (algorithm, key) => {
  const own = tokensOf([{ id: 'k', algorithm, ...key }])
  expect(await own.verify(await own.issue(claims, now), now)).toEqual(claims)
})

test('one key follows another: the first signs, all check, a key that is gone does not', async () => {
  const old = await tokens.issue(claims, now)
  const next: TokenKey = { id: 'two', algorithm: 'EdDSA', privateKey: ed25519.privateKey }
  const both = tokensOf([next, { id: 'one', secret }])
  expect(await both.verify(old, now)).toEqual(claims)
  const fresh = await both.issue(claims, now)
  expect(await tokens.verify(fresh, now)).toBeNull()
  const checking = tokensOf([
    { id: 'three', secret },
    { id: 'two', algorithm: 'EdDSA', publicKey: ed25519.publicKey },
  ])
  expect(await checking.verify(fresh, now)).toEqual(claims)
  expect(await checking.verify(old, now)).toBeNull()
})

test('keys are read at the first use, once, and again where that failed', async () => {
  let reads = 0
  const lazy = jwtTokens({
    ...here,
    keys: async () => {
      reads += 1
      return reads === 1 ? [] : [{ id: 'one', secret }]
    },
  })
  expect(reads).toBe(0)
  await expect(lazy.issue(claims, now)).rejects.toMatchObject({ code: 'TOKEN_KEYS' })
  await Promise.all([lazy.issue(claims, now), lazy.issue(claims, now)])
  expect(reads).toBe(2)
})

const weakRsa = generateKeyPairSync('rsa', { modulusLength: 1024 })
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' })
const short = 'only thirty-one bytes long, sir'
const pem = rsa.publicKey.export({ type: 'spki', format: 'pem' }) as string

test.each<[string, readonly TokenKey[], string]>([
  ['none', [], 'there is none'],
  ['a short secret', [{ id: 'a', secret: short }], 'key a: its secret has 31 bytes, needs 32'],
  ['an empty one', [{ id: 'a', secret: '' }], 'key a: its secret has 0 bytes, needs 32'],
  [
    'a secret too short for its hash',
    [{ id: 'a', algorithm: 'HS512', secret }],
    'key a: its secret has 32 bytes, needs 64',
  ],
  [
    'RSA of 1024 bits',
    [{ id: 'a', algorithm: 'RS256', privateKey: weakRsa.privateKey }],
    'key a: it has 1024 bits, needs 2048',
  ],
  [
    'another curve',
    [{ id: 'a', algorithm: 'ES256', privateKey: p384.privateKey }],
    'key a: its algorithm needs a key on P-256',
  ],
  [
    'another kind of key',
    [{ id: 'a', algorithm: 'EdDSA', privateKey: rsa.privateKey }],
    'key a: its algorithm needs an Ed25519 key',
  ],
  ['a private key for HS256', [{ id: 'a', privateKey: rsa.privateKey }], 'key a: its algorithm needs a secret'],
  ['a public key as a secret', [{ id: 'a', secret: pem }], 'key a: its secret is a key in PEM'],
  ['a secret for RS256', [{ id: 'a', algorithm: 'RS256', secret }], 'key a: its algorithm needs an RSA key'],
  [
    'a key for encryption',
    [{ id: 'a', algorithm: 'RS256', publicKey: { ...rsa.publicKey.export({ format: 'jwk' }), use: 'enc' } }],
    'key a: its JWK is not for signatures',
  ],
  [
    'a key for another algorithm',
    [{ id: 'a', algorithm: 'RS256', publicKey: { ...rsa.publicKey.export({ format: 'jwk' }), alg: 'PS256' } }],
    'key a: its JWK names another algorithm',
  ],
  ['no PEM', [{ id: 'a', algorithm: 'RS256', privateKey: 'no PEM' }], 'key a: it cannot be read'],
  ['no key at all', [{ id: 'a' } as unknown as TokenKey], 'key a: it has neither a secret nor a key'],
  [
    'an unset setting',
    [{ id: 'a', secret: undefined } as unknown as TokenKey],
    'key a: it has neither a secret nor a key',
  ],
  ['no id', [{ id: '', secret }], 'key number 1: it has no id'],
  ['an unknown algorithm', [{ id: 'a', algorithm: 'none' as never, secret }], 'key a: its algorithm is not known'],
  [
    'one id twice',
    [
      { id: 'a', secret },
      { id: 'a', secret: randomBytes(32) },
    ],
    'two have the same id',
  ],
  ['a public key first', [{ id: 'a', algorithm: 'RS256', publicKey: pem }], 'the first one is public'],
  [
    'several faults',
    [
      { id: 'a', secret: short },
      { id: 'b', secret: '' },
    ],
    'key a: its secret has 31 bytes, needs 32; key b: its secret has 0 bytes, needs 32',
  ],
])('TOKEN_KEYS at the first use: %s', async (_name, keys, problem) => {
  const refused = await tokensOf(keys)
    .issue(claims, now)
    .catch((error: unknown) => error)
  expect(refused).toMatchObject({ code: 'TOKEN_KEYS', values: { problem } })
  expect(JSON.stringify(refused)).not.toContain(short)
})

test.each<Partial<JwtOptions>>([
  { issuer: '' },
  { audience: '' },
  { accessSeconds: 0 },
  { accessSeconds: 86_401 },
  { accessSeconds: 1.5 },
  { refreshSeconds: 899 },
  { refreshSeconds: Number.POSITIVE_INFINITY },
])('TOKEN_OPTIONS where they are declared: %j', (options) => {
  expect(() => tokensOf([], options)).toThrow(expect.objectContaining({ code: 'TOKEN_OPTIONS' }))
})

type Json = Readonly<Record<string, unknown>>
const goodHeader: Json = { alg: 'HS256', kid: 'one', typ: 'at+jwt' }
const goodClaims: Json = {
  iss: here.issuer,
  aud: 'api',
  sub: '7',
  sid: claims.session,
  iat: seconds,
  exp: seconds + 900,
  jti: 'x',
}

const encoded = (text: string) => Buffer.from(text).toString('base64url')
const mac = (text: string, key: string | Uint8Array = secret) =>
  createHmac('sha256', key).update(text).digest('base64url')

function signed(headerText: string, claimsText: string, key?: string | Uint8Array): string {
  const text = `${encoded(headerText)}.${encoded(claimsText)}`
  return `${text}.${mac(text, key)}`
}

const forged = (header: Json, payload: Json, key?: string | Uint8Array) =>
  signed(JSON.stringify(header), JSON.stringify(payload), key)
const withHeader = (header: Json) => forged({ ...goodHeader, ...header }, goodClaims)
const withClaims = (payload: Json) => forged(goodHeader, { ...goodClaims, ...payload })
const without = (json: Json, name: string) => Object.fromEntries(Object.entries(json).filter(([key]) => key !== name))

test('what the attacks below are made of is good itself', async () => {
  expect(await tokens.verify(forged(goodHeader, goodClaims), now)).toEqual(claims)
  expect(await tokens.verify(withClaims({ iat: seconds + 60 }), now)).toEqual(claims)
})

const good = forged(goodHeader, goodClaims)
const [goodHead = '', goodBody = '', goodMac = ''] = good.split('.')

test.each<[string, string]>([
  ['alg none, without a signature', `${encoded('{"alg":"none","kid":"one","typ":"at+jwt"}')}.${goodBody}.`],
  [
    'alg none, with the former signature',
    `${encoded('{"alg":"none","kid":"one","typ":"at+jwt"}')}.${goodBody}.${goodMac}`,
  ],
  ['alg None', withHeader({ alg: 'None' })],
  ['another alg of the same key', withHeader({ alg: 'HS512' })],
  ['an alg of another kind', withHeader({ alg: 'RS256' })],
  ['no alg', forged(without(goodHeader, 'alg'), goodClaims)],
  ['an alg that is a list', withHeader({ alg: ['HS256'] })],
  ['an unknown kid', withHeader({ kid: 'two' })],
  ['no kid', forged(without(goodHeader, 'kid'), goodClaims)],
  ['a kid that is a path', withHeader({ kid: '../../../../dev/null' })],
  ['a kid of every object', withHeader({ kid: '__proto__' })],
  ['a kid that is no text', withHeader({ kid: 1 })],
  ['crit', withHeader({ crit: ['exp'], exp: 1 })],
  ['crit with b64', withHeader({ crit: ['b64'], b64: false })],
  ['an empty crit', withHeader({ crit: [] })],
  ['jku', withHeader({ jku: 'https://evil.example/keys' })],
  ['jwk', withHeader({ jwk: { kty: 'oct', k: encoded('x') } })],
  ['x5u', withHeader({ x5u: 'https://evil.example/cert' })],
  ['x5c', withHeader({ x5c: [] })],
  ['zip', withHeader({ zip: 'DEF' })],
  ['typ JWT', withHeader({ typ: 'JWT' })],
  ['no typ', forged(without(goodHeader, 'typ'), goodClaims)],
  ['another spelling of typ', withHeader({ typ: 'AT+JWT' })],
  ['another issuer', withClaims({ iss: 'https://evil.example' })],
  ['another audience', withClaims({ aud: 'other' })],
  ['several audiences', withClaims({ aud: ['api', 'other'] })],
  ['expired', withClaims({ exp: seconds })],
  ['exp as text', withClaims({ exp: String(seconds + 900) })],
  [
    'exp beyond numbers',
    signed(JSON.stringify(goodHeader), JSON.stringify(goodClaims).replace(`${seconds + 900}`, '1e400')),
  ],
  ['exp of half a second', withClaims({ exp: seconds + 0.5 })],
  ['issued in the future', withClaims({ iat: seconds + 61 })],
  ['a subject that is a number', withClaims({ sub: 7 })],
  ['an empty subject', withClaims({ sub: '' })],
  ...['iss', 'aud', 'sub', 'sid', 'iat', 'exp', 'jti'].map((name): [string, string] => [
    `no ${name}`,
    forged(goodHeader, without(goodClaims, name)),
  ]),
  ['another secret', forged(goodHeader, goodClaims, randomBytes(32))],
  ['an empty secret', forged(goodHeader, goodClaims, '')],
  ['no signature', `${goodHead}.${goodBody}.`],
  ['half a signature', `${goodHead}.${goodBody}.${goodMac.slice(0, 20)}`],
  ['claims of another token', `${goodHead}.${encoded(JSON.stringify({ ...goodClaims, sub: '1' }))}.${goodMac}`],
  ['two parts', `${goodHead}.${goodBody}`],
  ['four parts', `${good}.${goodMac}`],
  ['padding', `${good}=`],
  ['a blank in front', ` ${good}`],
  ['a line break behind', `${good}\n`],
  ['base64 of the other alphabet', `${goodHead}.${goodBody}.${goodMac.slice(0, -1)}+`],
  ['another spelling of the same signature', `${goodHead}.${goodBody}.${twinOf(goodMac)}`],
  [
    'a name twice in the header',
    signed('{"alg":"HS256","kid":"two","kid":"one","typ":"at+jwt"}', JSON.stringify(goodClaims)),
  ],
  [
    'a name twice in the claims',
    signed(JSON.stringify(goodHeader), `{"sub":"1",${JSON.stringify(goodClaims).slice(1)}`),
  ],
  [
    'a name twice, spelled otherwise',
    signed(JSON.stringify(goodHeader), `{"\\u0073ub":"1",${JSON.stringify(goodClaims).slice(1)}`),
  ],
  ['a byte order mark', signed(`\ufeff${JSON.stringify(goodHeader)}`, JSON.stringify(goodClaims))],
  ['a header that is a list', signed('["HS256"]', JSON.stringify(goodClaims))],
  ['claims that are null', signed(JSON.stringify(goodHeader), 'null')],
  ['claims that are no JSON', signed(JSON.stringify(goodHeader), 'claims')],
  ['longer than any that is issued', withClaims({ more: 'x'.repeat(4096) })],
  ['deeply nested claims', signed(JSON.stringify(goodHeader), `${'['.repeat(500)}${']'.repeat(500)}`)],
])('refused: %s', async (_name, token) => {
  expect(await tokens.verify(token, now)).toBeNull()
})

/** The same bytes with a last character whose unused bits are set. */
function twinOf(part: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const twin = part.slice(0, -1) + alphabet[alphabet.indexOf(part.slice(-1)) + 1]
  expect(Buffer.from(twin, 'base64url')).toEqual(Buffer.from(part, 'base64url'))
  return twin
}

test('a public key is no secret: what is signed with its text is refused', async () => {
  const own = tokensOf([{ id: 'one', algorithm: 'RS256', privateKey: rsa.privateKey }])
  expect(await own.verify(forged(goodHeader, goodClaims, pem), now)).toBeNull()
  const text = `${encoded(JSON.stringify({ ...goodHeader, alg: 'RS256' }))}.${encoded(JSON.stringify(goodClaims))}`
  const signature = createSign('sha256').update(text).sign(rsa.privateKey).toString('base64url')
  expect(await own.verify(`${text}.${signature}`, now)).toEqual(claims)
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  expect(
    await own.verify(`${text}.${createSign('sha256').update(text).sign(other).toString('base64url')}`, now),
  ).toBeNull()
})

test('of 3,000 tokens with one bit changed none is accepted', async () => {
  const bytes = Buffer.from(good)
  let accepted = 0
  for (let round = 0; round < 3000; round++) {
    const changed = Buffer.from(bytes)
    const at = round % bytes.length
    changed[at] = (changed[at] as number) ^ (1 << (round % 7))
    if ((await tokens.verify(changed.toString('latin1'), now)) !== null) accepted += 1
  }
  expect(accepted).toBe(0)
})
