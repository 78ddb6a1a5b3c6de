import { describe, expect, test } from 'vitest'
import { rateChecks } from './rate-limits.ts'

const headers = {}

describe('rateChecks()', () => {
  test('tells callers apart by all of a long name', () => {
    const check = rateChecks({ max: 1, windowMs: 60_000, by: ({ ip }) => ip })('GET /')
    const long = 'x'.repeat(20_000)
    check?.({ ip: `${long}1`, headers })
    check?.({ ip: `${long}2`, headers })
    expect(() => check?.({ ip: `${long}1`, headers })).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }))
  })

  test.each([
    ['long names', (header: string) => header],
    ['parts of long headers', (header: string) => header.slice(-15)],
  ])('keeps little of a caller, whatever was sent: %s', (_what, by) => {
    const check = rateChecks({ max: 10, windowMs: 60_000, by: ({ ip }) => by(ip) })('GET /')
    const before = process.memoryUsage().heapUsed
    for (let at = 0; at < 20_000; at += 1)
      check?.({ ip: Buffer.alloc(16_000, `${1e14 + at}`).toString('latin1'), headers })
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(150_000_000)
  })
})
