import { describe, expect, it } from 'vitest'
import { createUuidV7 } from './uuid-v7.ts'

const form = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

const msOf = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)

describe('createUuidV7', () => {
  it('gives lower-case uuids of version 7 that begin with the time in milliseconds', () => {
    const newId = createUuidV7(() => 1_790_000_000_123)
    const id = newId()
    expect(id).toMatch(form)
    expect(msOf(id)).toBe(1_790_000_000_123)
  })

  it('gives greater ids each time, within one millisecond too, and never the same', () => {
    const newId = createUuidV7(Date.now)
    const ids = Array.from({ length: 50_000 }, newId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.toSorted()).toEqual(ids)
    expect(ids.every((id) => form.test(id))).toBe(true)
  })

  it('gives valid, increasing ids with a clock before 1970', () => {
    let now = -1_000_000
    const newId = createUuidV7(() => now)
    const ids = [newId(), newId()]
    now = 5
    ids.push(newId())
    expect(ids.every((id) => form.test(id))).toBe(true)
    expect(ids.toSorted()).toEqual(ids)
  })

  it('goes on increasing when the clock steps back', () => {
    let now = 2_000_000
    const newId = createUuidV7(() => now)
    const before = newId()
    now = 1_000_000
    expect(newId() > before).toBe(true)
  })

  it('takes the next millisecond when more ids are asked for than the counter holds', () => {
    const frozen = 5_000_000
    const newId = createUuidV7(() => frozen)
    // The counter starts below half its 2^18 values: as many again must end it.
    let last = newId()
    let isIncreasing = true
    for (let count = 0; count < 2 ** 18 && msOf(last) === frozen; count += 1) {
      const next = newId()
      isIncreasing &&= next > last
      last = next
    }
    expect(isIncreasing).toBe(true)
    expect(msOf(last)).toBe(frozen + 1)
  })
})
