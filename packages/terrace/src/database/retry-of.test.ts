import { expect, test } from 'vitest'
import { errors } from '../errors/index.ts'
import { consequencesOf, DriverError, type DriverErrorKind } from './driver-error.ts'
import { retryOf } from './retry-of.ts'

/** What a session throws for an error of its driver. */
function failed(kind: DriverErrorKind): Error {
  const facts = { kind, ...consequencesOf[kind], table: null, constraint: null, columns: null }
  return errors.DATABASE_BUSY({ values: { reason: kind }, cause: new DriverError(kind, facts, undefined) })
}

const after = (retries: number, elapsedMs: number, ...found: readonly unknown[]): string =>
  retryOf({ retries, elapsedMs, errors: found })

test('a unit that met others runs again in turn, at most three times, the last one beside nobody', () => {
  for (const kind of ['deadlock', 'serialization'] as const) {
    const runs = [0, 1, 2, 3].map((retries) => after(retries, 60_000, failed(kind)))
    expect(runs).toEqual(['inTurn', 'inTurn', 'last', 'no'])
  }
})

test('one that waited for a lock runs again at once, three times and for five seconds', () => {
  for (const kind of ['busy', 'lockTimeout'] as const) {
    expect([0, 2, 3].map((retries) => after(retries, 4_999, failed(kind)))).toEqual(['atOnce', 'atOnce', 'no'])
    expect(after(0, 5_000, failed(kind))).toBe('no')
  }
})

test('what made the session fail counts, and what the work threw', () => {
  expect(after(0, 0, undefined, failed('deadlock'))).toBe('inTurn')
  expect(after(0, 0, failed('deadlock'), new Error('of the work'))).toBe('inTurn')
  expect(after(0, 0, failed('unique'), failed('busy'))).toBe('atOnce')
})

test('nothing else is worth another run', () => {
  const passing = new Set<string>(['deadlock', 'serialization', 'busy', 'lockTimeout'])
  const others = (Object.keys(consequencesOf) as DriverErrorKind[]).filter((kind) => !passing.has(kind))
  for (const kind of others) expect([kind, after(0, 0, failed(kind))]).toEqual([kind, 'no'])
  const busy = failed('busy')
  for (const other of [undefined, null, 'busy', new Error('wrapped', { cause: busy.cause }), errors.DATABASE_TIMEOUT()])
    expect(after(0, 0, other)).toBe('no')
})
