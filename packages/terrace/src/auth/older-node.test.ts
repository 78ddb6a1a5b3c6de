import type * as Crypto from 'node:crypto'
import { expect, test, vi } from 'vitest'

/** What Node before 24.7 offers: everything but argon2. */
vi.mock('node:crypto', async (load) => {
  const { argon2: _async, argon2Sync: _sync, ...older } = await load<typeof Crypto>()
  return { ...older, default: older }
})

const { hashedPasswords } = await import('./hashed-passwords.ts')

test('where Node has no argon2id, scrypt stands in', async () => {
  const passwords = hashedPasswords()
  const stored = await passwords.hash('correct horse')
  expect(stored).toMatch(/^\$scrypt\$ln=17,r=8,p=1\$/)
  expect(await passwords.verify('correct horse', stored)).toEqual({ isRight: true, isOutdated: false })
})

test('what a newer Node has stored is no wrong password, but a defect of the set-up: PASSWORD_ALGORITHM', async () => {
  const newer = `$argon2id$v=19$m=47104,t=1,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`
  await expect(hashedPasswords().verify('correct horse', newer)).rejects.toMatchObject({
    code: 'PASSWORD_ALGORITHM',
    kind: 'internal',
  })
})

test('argon2id that was asked for by name is refused where it is declared', () => {
  expect(() => hashedPasswords({ algorithm: 'argon2id' })).toThrow(
    expect.objectContaining({ code: 'PASSWORD_OPTIONS' }),
  )
})
