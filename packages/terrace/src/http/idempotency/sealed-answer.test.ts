import { expect, test } from 'vitest'
import { keyIdentity, requestHash } from './idempotency-key.ts'
import { sealAnswer, unsealAnswer } from './sealed-answer.ts'

const key = new Uint8Array(32).fill(7)
const place = { id: 'i'.repeat(43), request: 'r'.repeat(43) }
const headers = { location: '/orders/1', etag: '"1"' }

test.each([
  ['a text', '{"token":"秘密"}'],
  ['bytes', Buffer.from([0, 255, 10])],
  ['no body', null],
  ['an empty text', ''],
])('%s comes back as it was', (_, payload) => {
  const answer = { status: 201, headers, payload }
  expect(unsealAnswer(sealAnswer(answer, key, place), key, place)).toEqual(answer)
})

test('nothing of it is readable, and it is never sealed twice alike', () => {
  const answer = { status: 201, headers, payload: 'secret' }
  const [one, other] = [sealAnswer(answer, key, place), sealAnswer(answer, key, place)]
  expect(Buffer.from(one).includes('secret')).toBe(false)
  expect(Buffer.from(one).equals(other)).toBe(false)
})

test('with another key, at another place, changed anywhere or cut off anywhere it is lost', () => {
  const sealed = Buffer.from(sealAnswer({ status: 200, headers: {}, payload: 'x' }, key, place))
  const lost = expect.objectContaining({ code: 'IDEMPOTENCY_ANSWER_LOST' })
  expect(() => unsealAnswer(sealed, new Uint8Array(32), place)).toThrow(lost)
  expect(() => unsealAnswer(sealed, key, { ...place, id: 'other' })).toThrow(lost)
  expect(() => unsealAnswer(sealed, key, { ...place, request: 'other' })).toThrow(lost)
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] as number) ^ 1
    expect(() => unsealAnswer(changed, key, place)).toThrow(lost)
    expect(() => unsealAnswer(sealed.subarray(0, at), key, place)).toThrow(lost)
  }
})

test('requests are told apart by each of their parts', () => {
  const asking = { method: 'POST', path: '/a', queryString: 'b', headers: {}, body: Buffer.from('c'), roles: ['d'] }
  const others = [
    { ...asking, method: 'PATCH' },
    { ...asking, path: '/ab', queryString: '' },
    { ...asking, queryString: '' },
    { ...asking, headers: { 'if-match': '"1"' } },
    { ...asking, headers: { 'if-none-match': '"1"' } },
    { ...asking, body: Buffer.from('c\n') },
    { ...asking, roles: [] },
    { ...asking, roles: ['d', 'e'] },
    { ...asking, roles: ['d,e'] },
  ]
  const hashes = [asking, ...others].map(requestHash)
  expect(new Set(hashes).size).toBe(hashes.length)
  expect(requestHash({ ...asking, headers: { accept: 'x' }, roles: ['d', 'd'] })).toBe(hashes[0])
  expect(requestHash({ ...asking, roles: ['e', 'd'] })).toBe(requestHash({ ...asking, roles: ['d', 'e'] }))
})

test('keys are told apart by their caller, and of nobody by what is asked', () => {
  const identities = [
    keyIdentity('k', { Person: 'a' }, 'r'),
    keyIdentity('k', { Person: 'b' }, 'r'),
    keyIdentity('k', { Person: '1' }, 'r'),
    keyIdentity('k', { Person: 1 }, 'r'),
    keyIdentity('k', { Device: 'a' }, 'r'),
    keyIdentity('k', { Person: 'a', Device: 'a' }, 'r'),
    keyIdentity('j', { Person: 'a' }, 'r'),
    keyIdentity('k', {}, 'r'),
    keyIdentity('k', {}, 's'),
  ]
  expect(new Set(identities).size).toBe(identities.length)
  expect(keyIdentity('k', { Person: 'a' }, 'other')).toBe(identities[0])
  expect(keyIdentity('k', { Device: 'a', Person: 'a' }, 'r')).toBe(identities[5])
})
