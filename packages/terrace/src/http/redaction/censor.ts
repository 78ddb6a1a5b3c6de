import { censorError } from './censor-error.ts'
import type { CensorContext } from './censor-error.ts'
import { hiddenMark, maskText } from './mask-text.ts'
import type { IsSecretName } from './secret-names.ts'

type Facts = Readonly<Record<string, unknown>>

/** The facts of a line as they may be shown. */
export type Censor = (facts: Facts, hidden: readonly string[]) => Facts

/** What Terrace's own lines are made of: a model may have a hidden column of such a name. */
const ownFacts: ReadonlySet<string> = new Set([
  'attempt',
  'code',
  'database',
  'drainMs',
  'durationMs',
  'failed',
  'kind',
  'method',
  'reason',
  'requestId',
  'route',
  'rows',
  'sql',
  'status',
  'structure',
  'url',
])

const deepest = 6
const mostItems = 100

/** Takes out of each line the values under secret names, at any depth, and what errors of a database's driver carry. */
export function createCensor(isSecret: IsSecretName): Censor {
  return (facts, hidden) => {
    const line: Record<string, unknown> = {}
    for (const name of Object.keys(facts)) {
      const value = facts[name]
      const isOwn = ownFacts.has(name) && (typeof value !== 'object' || value === null)
      line[name] = isOwn ? value : isSecret(name) ? hiddenMark : censored(value, { isSecret, hidden, depth: 0 })
    }
    return line
  }
}

interface Place {
  readonly isSecret: IsSecretName
  readonly hidden: readonly string[]
  readonly depth: number
}

/** A log must not fail: a getter that throws, or a proxy that is over, would take the line with it, and what it was about. */
function censored(value: unknown, place: Place): unknown {
  try {
    return shown(value, place)
  } catch {
    return unreadable
  }
}

const unreadable = '[unreadable]'

function shown(value: unknown, place: Place): unknown {
  if (typeof value === 'string') return maskText(value, place.hidden)
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value)
  // Left out of a line; called where it is the `toJSON` of what is written.
  if (typeof value === 'function') return undefined
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Error) return censorError(value, contextOf(place))
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (value instanceof Uint8Array) return `${value.byteLength} bytes`
  if (place.depth >= deepest) return '…'
  const inside = { ...place, depth: place.depth + 1 }
  if (Array.isArray(value)) return value.slice(0, mostItems).map((item) => censored(item, inside))
  if (value instanceof Map || value instanceof Set) return censored([...value], inside)
  return censoredObject(value, inside)
}

function censoredObject(value: object, place: Place): Facts {
  const entries = Object.entries(value)
    .slice(0, mostItems)
    .map(([name, inner]) => [name, place.isSecret(name) ? hiddenMark : censored(inner, place)])
  return Object.fromEntries(entries)
}

function contextOf(place: Place): CensorContext {
  const inside = { ...place, depth: place.depth + 1 }
  return { value: (value) => censored(value, inside), text: (text) => maskText(text, place.hidden) }
}
