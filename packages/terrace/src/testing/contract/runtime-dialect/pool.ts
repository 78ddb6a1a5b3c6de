import { expect, test } from 'vitest'
import type { Connection, Driver, PoolOptions } from '../../../database/index.ts'
import { engineFacts } from './engine-facts.ts'
import { after, runOn, testUnless, writing, type DialectUnderContract, type GetBench } from './subject.ts'

export function poolContract(bench: GetBench, subject: DialectUnderContract): void {
  const facts = engineFacts[subject.engine]
  const soon = { access: 'write', timeoutMs: 2_000 } as const

  /** A driver of its own, closed afterwards. */
  const withDriver = async (pool: PoolOptions, work: (driver: Driver) => Promise<void>): Promise<void> => {
    const { dialect, url } = await bench()
    const driver = await dialect.open({ url, pool })
    try {
      await work(driver)
    } finally {
      await driver.close()
    }
  }
  const isUsable = async (connection: Connection): Promise<boolean> => {
    const { rows } = await runOn(connection, facts)('select 1 as one')
    return rows[0]?.['one'] === 1
  }

  test('a released connection is used again', () =>
    withDriver({ size: 1 }, async (driver) => {
      const first = await driver.acquire(soon)
      await driver.release(first)
      const second = await driver.acquire(soon)
      expect(second).toBe(first)
      await driver.release(second)
    }))

  test('whoever waits is served in the order of asking', () =>
    withDriver({ size: 1, overflow: 0 }, async (driver) => {
      const held = await driver.acquire(soon)
      const served: number[] = []
      const waiting = [1, 2, 3].map(async (place) => {
        const connection = await driver.acquire(soon)
        served.push(place)
        await after(1)
        await driver.release(connection)
      })
      expect(driver.stats().waiting).toBe(3)
      await driver.release(held)
      await Promise.all(waiting)
      expect(served).toEqual([1, 2, 3])
    }))

  test('whoever waits too long gives up with POOL_TIMEOUT', () =>
    withDriver({ size: 1, overflow: 0 }, async (driver) => {
      const held = await driver.acquire(soon)
      const waiting = (async () => driver.acquire({ access: 'write', timeoutMs: 20 }))()
      await expect(waiting).rejects.toMatchObject({ code: 'POOL_TIMEOUT', kind: 'unavailable', retryAfterSeconds: 1 })
      await driver.release(held)
      const next = await driver.acquire(soon)
      expect(await isUsable(next)).toBe(true)
      await driver.release(next)
    }))

  testUnless(facts.oneConnection, 'overflow opened under load is closed again', () =>
    withDriver({ size: 2, overflow: 2 }, async (driver) => {
      const before = driver.stats().size
      const held = await Promise.all([1, 2, 3, 4].map(() => driver.acquire({ access: 'read', timeoutMs: 2_000 })))
      expect(new Set(held).size).toBe(4)
      expect(await Promise.all(held.map(isUsable))).toEqual([true, true, true, true])
      for (const connection of held) await driver.release(connection)
      expect(driver.stats().size).toBeLessThanOrEqual(before + 2)
    }),
  )

  test('a broken connection is replaced', () =>
    withDriver({ size: 1, overflow: 0 }, async (driver) => {
      const broken = await driver.acquire(soon)
      const waiting = driver.acquire(soon)
      await driver.release(broken, { broken: true })
      const next = await waiting
      expect(await isUsable(next)).toBe(true)
      await driver.release(next)
    }))

  test('what was committed survives a broken connection, what was begun does not', async () => {
    const { createTable, driver, newName, run } = await bench()
    const table = newName()
    await createTable(table, 'id integer')
    await run(`insert into ${table} values (1)`)
    const broken = await driver.acquire(soon)
    await broken.begin(writing(broken))
    await runOn(broken, facts)(`insert into ${table} values (2)`)
    await driver.release(broken, { broken: true })
    expect((await run(`select id from ${table}`)).rows).toEqual([{ id: 1 }])
  })

  testUnless(
    facts.kill === null ? 'nobody can end a connection from outside' : null,
    'an idle connection that was killed is not handed out',
    () =>
      withDriver({ size: 1, overflow: 0 }, async (driver) => {
        const victim = await driver.acquire(soon)
        const { rows } = await runOn(victim, facts)(facts.kill?.id ?? '')
        await driver.release(victim)
        await (await bench()).run(facts.kill?.sql(rows[0]?.['id']) ?? '')
        // The news of a closed socket comes with the event loop.
        await after(30)
        const next = await driver.acquire(soon)
        expect(await isUsable(next)).toBe(true)
        await driver.release(next)
      }),
  )

  test('close waits for connections in use and turns everybody else away', async () => {
    const { dialect, url } = await bench()
    const driver = await dialect.open({ url, pool: { size: 1, overflow: 0 } })
    const held = await driver.acquire(soon)
    const waiting = (async () => driver.acquire(soon))().catch((error: unknown) => error)
    const closing = driver.close().then(() => 'closed' as const)
    expect(await waiting).toMatchObject({ code: 'DATABASE_CLOSED' })
    await expect((async () => driver.acquire(soon))()).rejects.toMatchObject({ code: 'DATABASE_CLOSED' })
    expect(await Promise.race([closing, after(20)])).toBe('later')
    expect(await isUsable(held)).toBe(true)
    await driver.release(held)
    expect(await closing).toBe('closed')
  })
}
