import { describe, expect, it } from 'vitest'
import { nearestName } from './index.ts'

describe('nearestName()', () => {
  const known = ['name', 'deviceId', 'createdAt', 'kcal100g']

  it.each([
    ['nmae', 'name'],
    ['Name', 'name'],
    ['devceId', 'deviceId'],
    ['device_id', 'deviceId'],
    ['created', 'createdAt'],
    ['kcal100', 'kcal100g'],
  ])('finds what %s means', (name, meant) => {
    expect(nearestName(name, known)).toBe(meant)
  })

  it.each(['x', 'price', '', 'updatedBy'])('does not guess for "%s"', (name) => {
    expect(nearestName(name, known)).toBeNull()
  })

  it('compares no name with one of another length altogether', () => {
    const startedMs = performance.now()
    expect(nearestName('x'.repeat(1_000_000), ['name', 'kcal100g', 'createdAt'])).toBeNull()
    expect(performance.now() - startedMs).toBeLessThan(200)
  })
})
