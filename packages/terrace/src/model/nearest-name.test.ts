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
})
