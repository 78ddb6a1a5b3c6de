import { rules, type RuleName } from './rules.ts'

/** One difference between two documents. */
export interface ApiChange {
  readonly rule: RuleName
  readonly breaks: boolean
  /** `POST /v1/products, body /name`; of an answer `GET /v1/products, 200 /0/name`. */
  readonly where: string
  readonly why: string
  /** As it was and is, in a few words; null where it was or is not there. */
  readonly was: string | null
  readonly is: string | null
}

export interface Sides {
  readonly was?: unknown
  readonly is?: unknown
}

export function changeOf(rule: RuleName, where: string, { was, is }: Sides = {}): ApiChange {
  const { breaks, why } = rules[rule]
  return { rule, breaks, where, why, was: shownSide(was), is: shownSide(is) }
}

function shownSide(value: unknown): string | null {
  if (value === undefined) return null
  if (typeof value === 'string') return value
  const text = JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

/** A place within another: `…, body` → `…, body /name` → `…, body /name/first`. */
export function within(where: string, key: string): string {
  const isWithin = where.slice(where.lastIndexOf(', ')).includes(' /')
  return `${where}${isWithin ? '' : ' '}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
}
