import { checkCharacters } from './text-checks.ts'
import type { RuleViolation } from './violation.ts'
import { broken, inside } from './violation.ts'

/**
 * Levels of arrays and objects that a json value may have. MariaDB's JSON_VALID, which guards its json columns, gives up at
 * 32 levels (tried on 10.11: 31 pass).
 */
const deepestJson = 30

/** A value that JSON writes and reads back unchanged: nothing is dropped, called or turned into null on the way. */
export function checkJson(value: unknown): RuleViolation | null {
  return checkPart(value, deepestJson)
}

function checkPart(value: unknown, levelsLeft: number): RuleViolation | null {
  if (value === null || typeof value === 'boolean') return null
  if (typeof value === 'string') return checkCharacters(value)
  if (typeof value === 'number') return Number.isFinite(value) ? null : broken('finiteNumber')
  if (typeof value !== 'object') return broken('json')
  if (levelsLeft === 0) return broken('tooDeep', { levels: deepestJson })
  return Array.isArray(value) ? checkItems(value, levelsLeft - 1) : checkObject(value, levelsLeft - 1)
}

function checkItems(items: readonly unknown[], levelsLeft: number): RuleViolation | null {
  // By index and not by iterator method: a hole must count as undefined, not be skipped.
  for (let at = 0; at < items.length; at += 1) {
    const found = checkPart(items[at], levelsLeft)
    if (found !== null) return inside(at, found)
  }
  return null
}

function checkObject(value: object, levelsLeft: number): RuleViolation | null {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return broken('json')
  for (const [key, part] of Object.entries(value)) {
    if (checkCharacters(key) !== null) return broken('badKey')
    const found = checkPart(part, levelsLeft)
    if (found !== null) return inside(key, found)
  }
  return null
}
