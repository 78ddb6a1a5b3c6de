import { argon2Sync, scryptSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { errors } from '../errors/index.ts'
import { hashedPasswords } from './hashed-passwords.ts'
import { checkNewPassword, isPasswordText } from './password-rule.ts'

const passwords = hashedPasswords()
const stored = await passwords.hash('correct horse')

test('B11: a password is stored as argon2id of 46 MiB, each time with another salt', async () => {
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=47104,t=1,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
  expect(await passwords.hash('correct horse')).not.toBe(stored)
})

test('B11: the right password is told from a wrong one, and from none', async () => {
  expect(await passwords.verify('correct horse', stored)).toEqual({ isRight: true, isOutdated: false })
  for (const wrong of ['Correct horse', 'correct horse '])
    expect(await passwords.verify(wrong, stored)).toEqual({ isRight: false })
  expect(await passwords.verify('correct horse', null)).toEqual({ isRight: false })
})

test('the hash is the one that Node computes of the same parameters', () => {
  const [salt = '', hash = ''] = stored.split('$').slice(4)
  const parameters = { nonce: Buffer.from(salt, 'base64'), memory: 47_104, passes: 1, parallelism: 1, tagLength: 32 }
  const expected = argon2Sync('argon2id', { message: 'correct horse', ...parameters })
  expect(Buffer.from(hash, 'base64')).toEqual(expected)
})

test('a password is the same however a keyboard composes its characters', async () => {
  const composed = await passwords.hash('cafe\u0301 \u212b \ufb01n')
  expect(await passwords.verify('caf\u00e9 \u00c5 fin', composed)).toMatchObject({ isRight: true })
})

test('what is stored by less work, or by scrypt, is right and outdated', async () => {
  const stronger = hashedPasswords({ memoryKiB: 65_536 })
  expect(await stronger.verify('correct horse', stored)).toEqual({ isRight: true, isOutdated: true })
  const salt = Buffer.alloc(16, 7)
  const hash = scryptSync('correct horse', salt, 32, { cost: 2 ** 14, blockSize: 8, parallelization: 1 })
  const weak = `$scrypt$ln=14,r=8,p=1$${salt.toString('base64').slice(0, 22)}$${hash.toString('base64').slice(0, 43)}`
  expect(await passwords.verify('correct horse', weak)).toEqual({ isRight: true, isOutdated: true })
})

test('scrypt stands in where there is no argon2id, and takes a stronger hash as it is', async () => {
  const older = hashedPasswords({ algorithm: 'scrypt' })
  const phc = await older.hash('correct horse')
  expect(phc).toMatch(/^\$scrypt\$ln=17,r=8,p=1\$/)
  expect(await older.verify('correct horse', stored)).toEqual({ isRight: true, isOutdated: false })
  expect(await passwords.verify('correct horse', phc)).toEqual({ isRight: true, isOutdated: true })
})

test('odd texts in the database are no password’s hash, and stop nobody', async () => {
  const odd = ['', 'x'.repeat(100_000), stored.replace('m=47104', 'm=99999999')]
  for (const text of odd) expect(await passwords.verify('correct horse', text)).toEqual({ isRight: false })
})

test('no hash runs on the event loop', async () => {
  let turns = 0
  const timer = setInterval(() => (turns += 1), 1)
  await passwords.verify('correct horse', stored)
  clearInterval(timer)
  expect(turns).toBeGreaterThan(3)
})

test('more than may wait are refused at once: PASSWORD_QUEUE_FULL, with a time to come again', async () => {
  const narrow = hashedPasswords({ concurrency: 1, waiting: 1 })
  const kept = [narrow.hash('correct horse'), narrow.verify('correct horse', stored)]
  const refused = await narrow.verify('correct horse', null).catch((error: unknown) => error)
  expect(refused).toMatchObject({ code: 'PASSWORD_QUEUE_FULL', kind: 'unavailable', retryAfterSeconds: 1 })
  await Promise.all(kept)
})

test.each([
  { memoryKiB: 47_103 },
  { memoryKiB: 2_000_000 },
  { memoryKiB: 50_000.5 },
  { passes: 0 },
  { concurrency: 0 },
  { waiting: -1 },
  { waiting: Number.NaN },
])('options out of their bounds are refused where they are declared: %j', (options) => {
  expect(() => hashedPasswords(options)).toThrow(expect.objectContaining({ code: 'PASSWORD_OPTIONS' }))
})

test('B14: a new password has 8 to 128 characters, counted as people do, and is not trimmed', () => {
  for (const password of ['12345678', 'p'.repeat(128), '🔑'.repeat(128), '        '])
    checkNewPassword(password, 'password')
  for (const password of ['1234567', '🔑'.repeat(7), 'p'.repeat(129), '', 'null\0null', 'lone\ud800lone'])
    expect(() => checkNewPassword(password, 'next')).toThrow(
      expect.objectContaining({ code: errors.VALIDATION.code, fields: ['next'] }),
    )
})

test('a text that can be nobody’s password is told without a hash', () => {
  expect(['a', '🔑'.repeat(128)].map(isPasswordText)).toEqual([true, true])
  expect(['', 'p'.repeat(257), '\ud800'].map(isPasswordText)).toEqual([false, false, false])
})
