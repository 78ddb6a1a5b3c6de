import type { Merge, MergeConflict } from './merge.ts'
import { changeWords, objectWords } from './merge-words.ts'
import { partsOf, type Part, type Parts } from './snapshot-parts.ts'

/**
 * Two different objects that each side has added under one name, but for the case of letters: engines want names of indexes, and of
 * some rules, to be alone among all tables, and some do not tell letters by their case.
 */
export function collisionsIn({ base, sides: [ours, theirs] }: Merge): readonly MergeConflict[] {
  const before = partsOf(base)
  const [one, other] = [partsOf(ours.snapshot), partsOf(theirs.snapshot)]
  const [added, alsoAdded] = [addedAlone(one, other, before), addedAlone(other, one, before)]
  const byName = Map.groupBy(alsoAdded, nameOf)
  return added.flatMap((part) =>
    (byName.get(nameOf(part)) ?? [])
      .filter((taken) => shareNames(part, taken))
      .map((taken) => ({
        object: `name ${nameIn(part)}`,
        ours: `${objectWords(part)} ${changeWords(undefined, part, ours)}`,
        theirs: `${objectWords(taken)} ${changeWords(undefined, taken, theirs)}`,
      })),
  )
}

function addedAlone(parts: Parts, others: Parts, before: Parts): readonly Part[] {
  return [...parts]
    .filter(([key, part]) => !before.has(key) && !others.has(key) && nameIn(part) !== null)
    .map(([, part]) => part)
}

/** Those that are relations for some engine, and those that are constraints for some; columns are alone. */
const namespaces: readonly (readonly Part['kind'][])[] = [
  ['table', 'index', 'unique', 'primaryKey'],
  ['foreignKey', 'check', 'unique', 'primaryKey'],
  ['column'],
]

function shareNames(one: Part, other: Part): boolean {
  return namespaces.some((kinds) => kinds.includes(one.kind) && kinds.includes(other.kind))
}

function nameIn({ shape }: Part): string | null {
  return shape.name
}

/** A column's is its table's own. */
function nameOf(part: Part): string {
  const name = (nameIn(part) ?? '').toLowerCase()
  return part.kind === 'column' ? `column ${part.table}.${name}` : name
}
