import { hkdfSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { appKeys } from './app-secret.ts'

const secret = 'b0a53d2f1c7e4986a1d2c3b4e5f60718'

test('keys are of HKDF-SHA256, one per purpose, the same at each start with the same secret', () => {
  const [one, other] = [appKeys(secret), appKeys(secret)]
  expect(one('cursor')).toEqual(new Uint8Array(hkdfSync('sha256', secret, '', 'terrace cursor', 32)))
  expect(other('cursor')).toEqual(one('cursor'))
  expect(one('cursor')).not.toEqual(one('etag'))
  expect(appKeys(`${secret}0`)('cursor')).not.toEqual(one('cursor'))
})

test('where no secret is declared each start has one of its own', () => {
  const keyFor = appKeys(null)
  expect(keyFor('cursor')).toHaveLength(32)
  expect(keyFor('cursor')).toEqual(keyFor('cursor'))
  expect(appKeys(null)('cursor')).not.toEqual(keyFor('cursor'))
})

test('a secret that is too short is refused, and not shown', () => {
  const short = secret.slice(1)
  expect(() => appKeys(short)).toThrow(/APP_SECRET is a value \(not shown\), expected a text of at least 32 characters/)
  expect(() => appKeys('🔑'.repeat(31))).toThrow(expect.objectContaining({ code: 'SETTINGS_INVALID' }))
  expect(appKeys('🔑'.repeat(32))('cursor')).toHaveLength(32)
})
