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

/** Of a change within a schema that has a name: the schema and the place in it, by which it is one change wherever the schema stands. */
const origins = new WeakMap<ApiChange, string>()

/** Remembers that changes are those of a schema that stands at `where`, unless they are those of a schema in it. */
export function ofSchema(name: string, where: string, changes: readonly ApiChange[]): readonly ApiChange[] {
  for (const change of changes)
    if (!origins.has(change)) origins.set(change, `${name} ${change.where.slice(where.length).trimStart()}`)
  return changes
}

/** Each change once: of a schema that stands at several places that at the first of them. */
export function onceEach(changes: readonly ApiChange[]): readonly ApiChange[] {
  const known = new Set<string>()
  return changes.filter((change) => {
    const { rule, where, was, is } = change
    const here = JSON.stringify([rule, where, was, is])
    const inSchema = JSON.stringify([rule, origins.get(change) ?? where, was, is, 'in a schema'])
    if (known.has(here) || known.has(inSchema)) return false
    known.add(here).add(inSchema)
    return true
  })
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
