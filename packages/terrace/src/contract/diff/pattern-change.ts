/** What a pattern takes that another does not. */
interface PatternChange {
  readonly isNarrowed: boolean
  readonly isWidened: boolean
}

/**
 * Of two patterns. Which of two languages holds the other is known where they are the same but for the words in their groups, as in
 * `^(id|name)(,(id|name))*$`: the one with more words takes more. Of others nothing is known, so that each is beyond the other.
 */
export function patternChange(before: string, now: string): PatternChange {
  const [one, other] = [partsOf(before), partsOf(now)]
  if (one === null || other === null || one.form !== other.form) return { isNarrowed: true, isWidened: true }
  return { isNarrowed: hasMore(one.words, other.words), isWidened: hasMore(other.words, one.words) }
}

interface Parts {
  /** With a mark in the place of each group of words. */
  readonly form: string
  readonly words: readonly ReadonlySet<string>[]
}

/** Null where more words may mean fewer texts: behind what looks ahead or back. */
function partsOf(pattern: string): Parts | null {
  if (/\(\?[^:]/.test(pattern)) return null
  const words: ReadonlySet<string>[] = []
  const form = pattern.replaceAll(/\((?:\?:)?([\w.-]+(?:\|[\w.-]+)*)\)/g, (_, group: string) => {
    words.push(new Set(group.split('|')))
    return '()'
  })
  return { form, words }
}

function hasMore(one: readonly ReadonlySet<string>[], other: readonly ReadonlySet<string>[]): boolean {
  return one.some((words, at) => !words.isSubsetOf(other[at] as ReadonlySet<string>))
}
