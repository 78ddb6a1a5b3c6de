import { describe, expect, test } from 'vitest'
import { memoryRates } from '../rate/index.ts'
import type { RateCounter, RateStore, Units } from '../rate/index.ts'
import type { LimitFields } from './limit-fields.ts'
import { rateChecks } from './rate-limits.ts'
import type { RateLimitOptions } from './rate-limits.ts'

const headers = {}
const untold = (): void => undefined
const units: Units = { session: () => Promise.reject(new Error('no database is asked')) }

function checkIn(options: RateLimitOptions, { route = 'GET /', store = memoryRates() } = {}) {
  const check = rateChecks(options, { store, units })(route)
  if (check === null) throw new Error('there is a limit')
  return check
}

const limited = expect.objectContaining({ code: 'RATE_LIMITED' })

describe('rateChecks()', () => {
  test('tells callers apart by all of a long name', () => {
    const check = checkIn({ max: 1, windowMs: 60_000, by: ({ ip }) => ip })
    const long = 'x'.repeat(20_000)
    void check({ ip: `${long}1`, headers }, untold)
    void check({ ip: `${long}2`, headers }, untold)
    expect(() => check({ ip: `${long}1`, headers }, untold)).toThrow(limited)
  })

  test.each([
    ['long names', (header: string) => header],
    ['parts of long headers', (header: string) => header.slice(-15)],
  ])('keeps little of a caller, whatever was sent: %s', (_what, by) => {
    const check = checkIn({ max: 10, windowMs: 60_000, by: ({ ip }) => by(ip) })
    const before = process.memoryUsage().heapUsed
    for (let at = 0; at < 20_000; at += 1)
      void check({ ip: Buffer.alloc(16_000, `${1e14 + at}`).toString('latin1'), headers }, untold)
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(150_000_000)
  })

  test('waits for nothing where it is counted in the process', () => {
    const check = checkIn({ max: 1, windowMs: 60_000 })
    expect(check({ ip: '192.0.2.1', headers }, untold)).toBeUndefined()
  })

  test('tells what is left and when there will be more, of each request', () => {
    let nowMs = 0
    const check = checkIn({ max: 2, windowMs: 60_000 }, { store: memoryRates({ nowMs: () => nowMs }) })
    const told: LimitFields[] = []
    const ask = () => check({ ip: '192.0.2.1', headers }, (fields) => told.push(fields))
    void ask()
    void ask()
    nowMs = 1_000
    expect(ask).toThrow(limited)
    expect(told.map(({ rateLimit }) => rateLimit)).toEqual([
      '"default";r=1;t=30',
      '"default";r=0;t=60',
      '"default";r=0;t=29',
    ])
    expect(new Set(told.map(({ policy }) => policy))).toEqual(new Set(['"default";q=2;w=60']))
  })

  test('routes with a limit of their own are counted apart, and told by their names', () => {
    const options = { max: 1, windowMs: 1_000, routes: { 'POST /x': { max: 1, windowMs: 60_000 } } }
    const [told, store]: [string[], RateStore] = [[], memoryRates()]
    for (const route of ['GET /', 'POST /x'])
      void checkIn(options, { route, store })({ ip: '192.0.2.1', headers }, ({ policy }) => told.push(policy))
    expect(told).toEqual(['"default";q=1;w=1', '"POST /x";q=1;w=60'])
  })

  test('a store that has refused is not asked again before it would let the caller through', async () => {
    let asked = 0
    const counter: RateCounter = {
      take: async () => {
        asked += 1
        return asked === 1 ? 1_000 : 1_200
      },
      giveBack: () => undefined,
      holds: () => true,
      forget: () => undefined,
    }
    const check = checkIn({ max: 1, windowMs: 1_000 }, { store: { counter: () => counter } })
    const ask = async () => check({ ip: '192.0.2.1', headers }, untold)
    await ask()
    await expect(ask()).rejects.toEqual(limited)
    await expect(ask()).rejects.toEqual(limited)
    expect(asked).toBe(2)
  })
})
