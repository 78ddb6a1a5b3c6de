import { createHmac, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { IssuedTokens } from '../../src/auth/index.ts'
import { testClient } from '../../src/testing/index.ts'
import type { TestClient } from '../../src/testing/index.ts'
import { app } from './user-app.ts'
import { ada, tokenSecret } from './user-models.ts'

type Json = Readonly<Record<string, unknown>>

let client: TestClient
let good: string
let header: Json
let claims: Json
let refreshToken: string

beforeAll(async () => {
  client = await testClient(app)
  await client.post('/v1/auth/register', ada)
  const issued = (await client.post('/v1/auth/login', { email: ada.email, password: ada.password }))
    .json as IssuedTokens
  good = issued.accessToken
  refreshToken = issued.refreshToken
  const [first = '', second = ''] = good.split('.')
  header = JSON.parse(Buffer.from(first, 'base64url').toString()) as Json
  claims = JSON.parse(Buffer.from(second, 'base64url').toString()) as Json
})
afterAll(() => client.close())

const encoded = (text: string) => Buffer.from(text).toString('base64url')
const without = (json: Json, name: string) => Object.fromEntries(Object.entries(json).filter(([key]) => key !== name))

function signed(
  headerText: string,
  claimsText: string,
  secret: string | Uint8Array = tokenSecret,
  hash = 'sha256',
): string {
  const text = `${encoded(headerText)}.${encoded(claimsText)}`
  return `${text}.${createHmac(hash, secret).update(text).digest('base64url')}`
}

const forged = (changes: Json, ofClaims: Json = {}) =>
  signed(JSON.stringify({ ...header, ...changes }), JSON.stringify({ ...claims, ...ofClaims }))
const part = (index: number) => good.split('.')[index] ?? ''

/** By name, how a token is made whose secret is known but for one thing that must not be. */
const attacks: Readonly<Record<string, () => string>> = {
  'alg none, unsigned': () => `${encoded(JSON.stringify({ ...header, alg: 'none' }))}.${part(1)}.`,
  'alg none, signed': () => forged({ alg: 'none' }),
  'alg NONE': () => `${encoded(JSON.stringify({ ...header, alg: 'NONE' }))}.${part(1)}.${part(2)}`,
  'alg swapped for another hash': () =>
    signed(JSON.stringify({ ...header, alg: 'HS512' }), JSON.stringify(claims), tokenSecret, 'sha512'),
  'alg swapped for a public key': () => forged({ alg: 'RS256' }),
  'kid unknown': () => forged({ kid: 'other' }),
  'kid missing': () => signed(JSON.stringify(without(header, 'kid')), JSON.stringify(claims)),
  'kid as SQL': () => forged({ kid: "test' or '1'='1" }),
  'kid as a path': () => forged({ kid: '/dev/null' }),
  jku: () => forged({ jku: 'http://127.0.0.1:9/keys.json' }),
  jwk: () => forged({ jwk: { kty: 'oct', k: encoded(tokenSecret) } }),
  x5u: () => forged({ x5u: 'http://127.0.0.1:9/cert.pem' }),
  x5c: () => forged({ x5c: ['AA'] }),
  crit: () => forged({ crit: ['http://example.com/x'], 'http://example.com/x': true }),
  'typ JWT': () => forged({ typ: 'JWT' }),
  'typ of an id token': () => forged({ typ: 'id+jwt' }),
  'typ missing': () => signed(JSON.stringify(without(header, 'typ')), JSON.stringify(claims)),
  'aud of another API': () => forged({}, { aud: 'https://other.example.com' }),
  'aud as a list': () => forged({}, { aud: [claims['aud'], 'https://other.example.com'] }),
  'iss of somebody else': () => forged({}, { iss: 'https://evil.example.com' }),
  expired: () => forged({}, { iat: 1_000_000, exp: 1_000_900 }),
  'without exp': () => signed(JSON.stringify(header), JSON.stringify(without(claims, 'exp'))),
  'without jti': () => signed(JSON.stringify(header), JSON.stringify(without(claims, 'jti'))),
  'without a login': () => signed(JSON.stringify(header), JSON.stringify(without(claims, 'sid'))),
  'a login that is no uuid': () => forged({}, { sid: "' or true --" }),
  'a login of nobody': () => forged({}, { sid: '018c0ae5-4d9b-7471-bfd6-eef314bc7037' }),
  'a subject without a row': () => forged({}, { sub: '4711' }),
  'another spelling of the subject': () => forged({}, { sub: `0${String(claims['sub'])}` }),
  'a subject beyond numbers': () => forged({}, { sub: '9'.repeat(40) }),
  'a subject that is no key': () => forged({}, { sub: '1 or 1=1' }),
  'another secret': () => signed(JSON.stringify(header), JSON.stringify(claims), randomBytes(32)),
  'non-canonical base64': () => `${good.slice(0, -1)}${twin(good.slice(-1))}`,
  padding: () => `${good}=`,
  'base64 of the other alphabet': () => `${part(0)}.${part(1)}.${part(2).slice(0, -1)}/`,
  'a name twice': () => signed(JSON.stringify(header), `{"sub":"2",${JSON.stringify(claims).slice(1)}`),
  'a refresh token': () => refreshToken,
  'JSON instead of its compact form': () =>
    encoded(JSON.stringify({ protected: part(0), payload: part(1), signature: part(2) })),
  'two tokens': () => `${good}.${good}`,
  'very long': () => forged({}, { more: 'x'.repeat(5000) }),
}

/** The character whose used bits are the same. */
function twin(character: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return alphabet[alphabet.indexOf(character) ^ 1] as string
}

const statusOf = async (token: string) => (await client.get('/v1/auth/me', { authorization: `Bearer ${token}` })).status

test('what the attacks change is good before they do', async () => {
  expect([await statusOf(good), await statusOf(forged({}))]).toEqual([200, 200])
})

test.each(Object.entries(attacks))('401: %s', async (_name, make) => {
  const { status, json, headers } = await client.get('/v1/auth/me', { authorization: `Bearer ${make()}` })
  expect([status, json]).toMatchObject([401, { code: 'UNAUTHENTICATED', detail: 'Invalid or expired token' }])
  expect(headers['www-authenticate']).toBe('Bearer')
})

test.each(['Basic', 'Token', 'Bearer:', ''])('401: a good token by another scheme, %j', async (scheme) => {
  expect((await client.get('/v1/auth/me', { authorization: `${scheme} ${good}`.trim() })).status).toBe(401)
})

test('a token by another road is none', async () => {
  expect((await client.get(`/v1/auth/me?access_token=${good}`)).status).toBe(401)
  expect((await client.get('/v1/auth/me', { cookie: `token=${good}` })).status).toBe(401)
})

test('replay: what a logout ended stays ended, for each token of the login', async () => {
  const next = (await client.post('/v1/auth/refresh', { refreshToken })).json as IssuedTokens
  expect([await statusOf(good), await statusOf(next.accessToken)]).toEqual([200, 200])
  await client.post('/v1/auth/logout', { refreshToken: next.refreshToken })
  for (const token of [good, next.accessToken, forged({}, { jti: 'another' })]) expect(await statusOf(token)).toBe(401)
})
