import { existsSync } from 'node:fs'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { describeEngines } from '../../test/support/describe-engines.ts'
import { availabilityOf, freshDatabase } from './servers.ts'

afterEach(() => vi.unstubAllEnvs())

describeEngines('fresh databases', (engine) => {
  test('two never share anything, and dropping is complete', async () => {
    const [first, second] = await Promise.all([freshDatabase(engine.name), freshDatabase(engine.name)])
    const isInMemory = first.url.endsWith(':memory:')
    expect(first.url === second.url).toBe(isInMemory)
    await first.drop()
    await first.drop()
    await second.drop()
  })
})

describe('availability', () => {
  test('names the address and the variable when nothing answers', async () => {
    vi.stubEnv('TERRACE_TEST_POSTGRES_URL', 'postgres://u:secret@127.0.0.1:1/none')
    vi.stubEnv('TERRACE_TEST_REQUIRE', '')
    const found = await availabilityOf('postgres')
    expect(found).toMatchObject({ isAvailable: false, isRequired: false })
    expect(found).toHaveProperty('reason', expect.stringMatching(/127\.0\.0\.1:1.*set TERRACE_TEST_POSTGRES_URL/))
    expect(JSON.stringify(found)).not.toContain('secret')
  })

  test('TERRACE_TEST_REQUIRE turns absence into a failure', async () => {
    vi.stubEnv('TERRACE_TEST_MYSQL_URL', 'mysql://root@127.0.0.1:1/none')
    vi.stubEnv('TERRACE_TEST_REQUIRE', 'postgres, mysql')
    expect(await availabilityOf('mysql')).toMatchObject({ isAvailable: false, isRequired: true })
  })

  test('a file database leaves nothing behind', async () => {
    const database = await freshDatabase('sqliteFile')
    const folder = database.url.slice('sqlite:'.length).replace(/test\.db$/, '')
    expect(existsSync(folder)).toBe(true)
    await database.drop()
    expect(existsSync(folder)).toBe(false)
  })
})
