import type { Merge, MergeConflict, MergeSide } from './merge.ts'
import { namedBy } from './merge-references.ts'
import { changeWords, objectWords } from './merge-words.ts'
import { partsOf, type Part } from './snapshot-parts.ts'

/**
 * What one side has dropped and made again looks as if it were changed, or not even that: whatever the other side does to it, or
 * makes upon it, is lost in one of the two orders.
 */
export function remadeConflicts({ base, sides: [ours, theirs] }: Merge): readonly MergeConflict[] {
  const before = partsOf(base)
  return [
    ...changedUpon(before, ours, theirs).map(({ object, words }) => ({ object, ours: remade, theirs: words })),
    ...changedUpon(before, theirs, ours).map(({ object, words }) => ({ object, ours: words, theirs: remade })),
  ]
}

const remade = 'dropped and made again'

interface ChangedUpon {
  readonly object: string
  readonly words: string
}

function changedUpon(
  before: ReadonlyMap<string, Part>,
  { remade: keys = new Set() }: MergeSide,
  other: MergeSide,
): readonly ChangedUpon[] {
  if (keys.size === 0) return []
  const now = partsOf(other.snapshot)
  return [...new Set([...before.keys(), ...now.keys()])].flatMap((key) => {
    const [was, is] = [before.get(key), now.get(key)]
    const part = is ?? was
    if (part === undefined || was?.hash === is?.hash) return []
    const table = other.snapshot.tables[part.table]
    const named = table === undefined || is === undefined ? [] : namedBy(is, table)
    const touched = [key, `table ${part.table}`, ...named].find((each) => keys.has(each))
    const object = touched === undefined ? undefined : (before.get(touched) ?? now.get(touched))
    if (object === undefined) return []
    return [{ object: objectWords(object), words: `${objectWords(part)} ${changeWords(was, is, other)}` }]
  })
}
