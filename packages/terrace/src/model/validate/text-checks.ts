import type { RuleViolation } from './violation.ts'
import { broken } from './violation.ts'

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** A string that every engine can store and give back: no U+0000, no half of a surrogate pair. */
export function checkText(value: unknown): RuleViolation | null {
  if (typeof value !== 'string') return broken('string')
  return checkCharacters(value)
}

/** The same for what is a string already. */
export function checkCharacters(text: string): RuleViolation | null {
  if (text.includes('\0')) return broken('zeroCharacter')
  return text.isWellFormed() ? null : broken('halfSurrogate')
}

/** Canonical text only, so that equal ids are equal strings on every engine. */
export function checkUuid(value: unknown): RuleViolation | null {
  if (typeof value === 'string' && uuidForm.test(value)) return null
  return broken('uuid')
}
