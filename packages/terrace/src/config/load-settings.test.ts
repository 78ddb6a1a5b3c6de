import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from 'vitest'
import { flag, integer, list, loadSettings, origin, port, settings, text, url } from './index.ts'

const declared = settings({
  DATABASE_URL: url(),
  HOST: text().default('127.0.0.1'),
  PORT: port().default(9999),
  DEBUG: flag().default(false),
  WORKERS: integer(1, 8).default(1),
  CORS_ORIGINS: list(origin()).default([]),
})

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'terrace-settings-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function problemsOf(environment: Readonly<Record<string, string>>): string {
  try {
    loadSettings(declared, { environment, folder })
  } catch (error) {
    return (error as Error).message
  }
  return 'none'
}

describe('settings (D9)', () => {
  it('are typed by their declarations and fall back to their defaults', () => {
    const values = loadSettings(declared, { environment: { DATABASE_URL: 'sqlite::memory:' }, folder })
    expectTypeOf(values).toEqualTypeOf<{
      readonly DATABASE_URL: string
      readonly HOST: string
      readonly PORT: number
      readonly DEBUG: boolean
      readonly WORKERS: number
      readonly CORS_ORIGINS: readonly string[]
    }>()
    const defaults = { HOST: '127.0.0.1', PORT: 9999, DEBUG: false, WORKERS: 1, CORS_ORIGINS: [] }
    expect(values).toEqual({ DATABASE_URL: 'sqlite::memory:', ...defaults })
  })

  it('come from the environment before .env.<ENV_TYPE> before .env', () => {
    writeFileSync(join(folder, '.env'), 'DATABASE_URL=sqlite:base.db\nHOST=base\nPORT=1\n')
    writeFileSync(join(folder, '.env.test'), 'HOST=typed\nPORT=2\n')
    const values = loadSettings(declared, { environment: { ENV_TYPE: 'test', PORT: '3' }, folder })
    expect(values).toMatchObject({ DATABASE_URL: 'sqlite:base.db', HOST: 'typed', PORT: 3 })
  })

  it('read lists and flags', () => {
    const given = { DATABASE_URL: 'sqlite:a', DEBUG: '1', CORS_ORIGINS: 'https://a.example, http://localhost:3000' }
    const values = loadSettings(declared, { environment: given, folder })
    expect(values).toMatchObject({ DEBUG: true, CORS_ORIGINS: ['https://a.example', 'http://localhost:3000'] })
  })

  it('report everything that is wrong at once, with its source', () => {
    writeFileSync(join(folder, '.env'), 'WORKERS=9\n')
    expect(problemsOf({ PORT: '70000', CORS_ORIGINS: 'https://a.example/path' })).toBe(
      'Settings are wrong: DATABASE_URL is required: a URL such as scheme://host/path; ' +
        'PORT in the environment is "70000", expected a port, 0 to 65535; ' +
        'WORKERS in .env is "9", expected a whole number from 1 to 8; ' +
        'CORS_ORIGINS in the environment is "https://a.example/path", expected a list, separated by commas, each an origin such as https://app.example.org',
    )
  })

  it('never print a secret', () => {
    expect(problemsOf({ DATABASE_URL: 'hunter2' })).toBe(
      'Settings are wrong: DATABASE_URL in the environment is a value (not shown), expected a URL such as scheme://host/path',
    )
  })

  it('never print a list of secrets', () => {
    const secrets = settings({ URLS: list(url()), TOKENS: list(text().secret()) })
    const environment = { URLS: 'postgres://app:hunter2@host/db, nonsense', TOKENS: 'hunter2,,' }
    expect(() => loadSettings(secrets, { environment, folder: null })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
    )
  })

  it('take an empty text for a text that is wrong, not for an absent one', () => {
    expect(problemsOf({ DATABASE_URL: 'sqlite:a', HOST: '' })).toContain('HOST in the environment is ""')
  })
})
