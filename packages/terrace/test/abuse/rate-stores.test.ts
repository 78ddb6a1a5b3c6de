import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { remainingOf } from '../../src/rate/index.ts'
import { describeStores, waitMs, type OpenStores } from '../support/rate-stores.ts'

describeStores('counts of a rate', (place) => {
  let opened: OpenStores
  let named = 0
  /** A counter of a name that no other test uses, in each instance. */
  const counters = (max: number, windowMs: number) => {
    const limit = { max, windowMs }
    const name = `limit ${(named += 1)}`
    return opened.stores.map(({ store, units }) => {
      const counter = store.counter(name, limit)
      return {
        take: (key: string) => waitMs(counter, key, { limit, units }),
        left: async (key: string) => remainingOf(await counter.take(key, units), limit),
        giveBack: async (key: string) => counter.giveBack(key, units),
        forget: async (key: string) => counter.forget(key, units),
        holds: async (key: string) => counter.holds(key, units),
      }
    })
  }
  beforeAll(async () => {
    opened = await place.open(3)
  }, 120_000)
  afterAll(() => opened.close())

  test('let max through at once and say how long to wait for the next', async () => {
    const [one] = counters(3, 60_000)
    const waits = [await one?.take('a'), await one?.take('a'), await one?.take('a'), await one?.take('a')]
    expect(waits.slice(0, 3)).toEqual([0, 0, 0])
    expect(waits[3]).toBeGreaterThan(15_000)
    expect(waits[3]).toBeLessThanOrEqual(20_000)
    expect(await one?.take('b')).toBe(0)
  })

  test(
    'let the next one through when its share of the window has passed, and no sooner',
    { timeout: 20_000 },
    async () => {
      const [one] = counters(2, 2_000)
      expect([await one?.take('a'), await one?.take('a')]).toEqual([0, 0])
      const wait = (await one?.take('a')) ?? 0
      expect(wait).toBeGreaterThan(0)
      await sleep(wait + 50)
      expect(await one?.take('a')).toBe(0)
      expect(await one?.take('a')).toBeGreaterThan(0)
    },
  )

  test('say how many are left', async () => {
    const [one] = counters(4, 400_000)
    const left = []
    for (let at = 0; at < 5; at += 1) left.push(await one?.left('a'))
    expect(left).toEqual([3, 2, 1, 0, 0])
  })

  test('forget a key, and take one back', async () => {
    const [one] = counters(2, 60_000)
    await one?.take('a')
    await one?.take('a')
    await one?.giveBack('a')
    expect([await one?.take('a'), ((await one?.take('a')) ?? 0) > 0]).toEqual([0, true])
    expect([await one?.holds('a'), await one?.holds('b')]).toEqual([true, false])
    await one?.forget('a')
    expect(await one?.holds('a')).toBe(false)
    expect([await one?.take('a'), await one?.take('a')]).toEqual([0, 0])
    await one?.giveBack('nobody')
    await one?.forget('nobody')
  })

  test('E: of 60 at once over several instances exactly max pass', { timeout: 60_000 }, async () => {
    const instances = counters(5, 600_000)
    const asked = Array.from({ length: 60 }, (_, at) => instances[at % instances.length]?.take('a'))
    const waits = await Promise.all(asked)
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5)
  })

  test('limits of different names are counted apart', async () => {
    const [[one], [other]] = [counters(1, 60_000), counters(1, 60_000)]
    expect([await one?.take('a'), await other?.take('a')]).toEqual([0, 0])
  })
})
