import type { RuleViolation } from './violation.ts'
import { broken } from './violation.ts'

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** A string that every engine can store and give back: no U+0000, no half of a surrogate pair. */
export function checkText(value: unknown): RuleViolation | null {
  if (typeof value !== 'string') return broken('TYPE', 'must be a string')
  return checkCharacters(value)
}

/** The same for what is a string already. */
export function checkCharacters(text: string): RuleViolation | null {
  if (text.includes('\0')) return broken('TEXT', 'must not contain U+0000')
  return text.isWellFormed() ? null : broken('TEXT', 'must not contain half of a surrogate pair')
}

/** Canonical text only, so that equal ids are equal strings on every engine. */
export function checkUuid(value: unknown): RuleViolation | null {
  if (typeof value === 'string' && uuidForm.test(value)) return null
  return broken('TYPE', 'must be a UUID in lower case, like 0190b3c4-5d6e-7f80-9a1b-2c3d4e5f6071')
}
