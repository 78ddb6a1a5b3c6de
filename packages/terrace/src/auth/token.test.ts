import { expect, test } from 'vitest'
import { equalHashes, hashToken, issueToken, isTokenText } from './token.ts'

test('D7: issues a different canonical token each time', () => {
  const tokens = new Set(Array.from({ length: 200 }, issueToken))
  expect(tokens.size).toBe(200)
  for (const token of tokens) {
    expect(isTokenText(token)).toBe(true)
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  }
})

test('takes one spelling only of the same 256 bits', () => {
  const token = issueToken()
  const last = token.slice(-1)
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const twin = token.slice(0, -1) + alphabet[alphabet.indexOf(last) + 1]
  expect(Buffer.from(twin, 'base64url')).toEqual(Buffer.from(token, 'base64url'))
  expect(isTokenText(twin)).toBe(false)
  for (const text of [
    '',
    token.slice(1),
    `${token}A`,
    `${token}=`,
    ` ${token}`,
    `${token}\n`,
    token.replace(/^./, '+'),
  ])
    expect(isTokenText(text)).toBe(false)
})

test('D7: hashes to a fixed length that does not contain the token', () => {
  // The published SHA-256 of "abc": FIPS 180-2, appendix B.1.
  expect(hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(hashToken(issueToken())).toMatch(/^[0-9a-f]{64}$/)
})

test('compares hashes of any length', () => {
  const hash = hashToken(issueToken())
  expect(equalHashes(hash, `${hash}`)).toBe(true)
  expect(equalHashes(hash, hashToken(issueToken()))).toBe(false)
  expect(equalHashes(hash, '')).toBe(false)
})
