import { existsSync, readFileSync } from 'node:fs'
import { errors } from '../../errors/index.ts'
import { placeKinds, type Place, type PlaceKind } from './place.ts'

/** Places of one file that read the same, and why they are right. Lines are not part of it: they move. */
export interface Reviewed {
  readonly file: string
  readonly kind: PlaceKind
  /** The declaration around them. */
  readonly within: string
  readonly text: string
  readonly count: number
  /** In words; empty: not reviewed yet. */
  readonly why: string
}

/** What is different between the source and what was reviewed. */
export interface Comparison {
  /** No entry has them, or one with a smaller count. */
  readonly unreviewed: readonly Place[]
  /** Their entry says no why. */
  readonly unexplained: readonly Place[]
  /** No place is left, or fewer than are counted. */
  readonly stale: readonly Reviewed[]
}

const format = 1
const keys: readonly (keyof Reviewed)[] = ['file', 'kind', 'within', 'text', 'count', 'why']

const keyOf = ({ file, kind, within, text }: Pick<Reviewed, 'file' | 'kind' | 'within' | 'text'>): string =>
  JSON.stringify([file, kind, within, text])

/** The entries of a file; none where there is no file. Error: `CHECK_BASELINE`. */
export function readBaseline(path: string, shown: string): readonly Reviewed[] {
  if (!existsSync(path)) return []
  const refuse = (problem: string): Error => errors.CHECK_BASELINE({ values: { file: shown, problem } })
  let document: unknown
  try {
    document = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw errors.CHECK_BASELINE({
      values: { file: shown, problem: `it is no JSON: ${(error as Error).message}` },
      cause: error,
    })
  }
  const { format: found, places } = (document ?? {}) as { readonly format?: unknown; readonly places?: unknown }
  if (found !== format) throw refuse(`its "format" is not ${format}`)
  if (!Array.isArray(places)) throw refuse('its "places" is no list')
  const seen = new Set<string>()
  return places.map((entry: unknown, at) => {
    const problem = problemOf(entry)
    if (problem !== null) throw refuse(`entry ${at + 1}: ${problem}`)
    const reviewed = entry as Reviewed
    if (seen.has(keyOf(reviewed))) throw refuse(`entry ${at + 1} is there twice: ${reviewed.file}, ${reviewed.text}`)
    seen.add(keyOf(reviewed))
    return reviewed
  })
}

function problemOf(entry: unknown): string | null {
  if (typeof entry !== 'object' || entry === null) return 'it is no object'
  const given = entry as Readonly<Record<string, unknown>>
  const unknown = Object.keys(given).find((key) => !keys.includes(key as keyof Reviewed))
  if (unknown !== undefined) return `it has the key "${unknown}", which means nothing`
  for (const key of keys.filter((name) => name !== 'count')) {
    if (typeof given[key] !== 'string') return `its "${key}" is no text`
  }
  if (!Object.hasOwn(placeKinds, given['kind'] as string))
    return `its "kind" is none of ${Object.keys(placeKinds).join(', ')}`
  return Number.isSafeInteger(given['count']) && (given['count'] as number) > 0
    ? null
    : 'its "count" is no number from 1'
}

export function compareBaseline(places: readonly Place[], reviewed: readonly Reviewed[]): Comparison {
  const found = Map.groupBy(places, keyOf)
  const entries = new Map(reviewed.map((entry) => [keyOf(entry), entry]))
  const unreviewed: Place[] = []
  const unexplained: Place[] = []
  for (const [key, same] of found) {
    const entry = entries.get(key)
    const count = entry?.count ?? 0
    unreviewed.push(...same.slice(count))
    if (entry?.why.trim() === '') unexplained.push(...same.slice(0, count))
  }
  const stale = reviewed.filter((entry) => (found.get(keyOf(entry))?.length ?? 0) < entry.count)
  return { unreviewed, unexplained, stale }
}

/** The entries that the source has, with the reasons that were given before: new ones say no why yet. */
export function updatedBaseline(places: readonly Place[], reviewed: readonly Reviewed[]): readonly Reviewed[] {
  const before = new Map(reviewed.map((entry) => [keyOf(entry), entry]))
  return [...Map.groupBy(places, keyOf)].map(([key, same]) => {
    const [{ file, kind, within, text }] = same as [Place]
    const entry = before.get(key)
    // More of the same were not reviewed with the others.
    const why = entry !== undefined && entry.count >= same.length ? entry.why : ''
    return { file, kind, within, text, count: same.length, why }
  })
}

export function baselineText(entries: readonly Reviewed[]): string {
  return `${JSON.stringify({ format, places: entries }, null, 2)}\n`
}
