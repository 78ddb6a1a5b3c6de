import type { Rename, Snapshot } from '../../schema/index.ts'
import type { Merge, MergeConflict, MergeOutcome, MergeSides } from './merge.ts'
import { collisionsIn } from './merge-collisions.ts'
import { remadeConflicts } from './merge-remade.ts'
import { danglingIn } from './merge-references.ts'
import { commonRenames, isSameRename, renameConflicts, renamedBase, realRenames } from './merge-renames.ts'
import { changeWords, objectWords, tableWords } from './merge-words.ts'
import { mergedColumns } from './merged-columns.ts'
import { partsOf, partsOfTable, snapshotOfParts, type Part } from './snapshot-parts.ts'

/**
 * Both sides' changes of a base, object by object. What one side changes is taken; the same change of both is one; all else is a
 * conflict: two different changes, a change of what the other drops or renames, and what would name something that the other takes
 * away. Statements name objects as they are when they are written, so that nothing is guessed of a renamed one.
 */
export function mergeSnapshots(base: Snapshot, sides: MergeSides): MergeOutcome {
  const [ours, theirs] = [realRenames(base, sides[0]), realRenames(base, sides[1])]
  const common = commonRenames(ours, theirs)
  const merge: Merge = { base: renamedBase(base, common), sides: [ours, theirs], common }
  const renames = [
    ...ours.renames,
    ...theirs.renames.filter((rename) => !common.some((each) => isSameRename(each, rename))),
  ]
  const tables = tableConflicts(merge)
  const settled = new Set(tables.map(({ table }) => table))
  const { parts, conflicts } = mergedParts(merge, settled)
  const found = [
    ...tables.map(({ conflict }) => conflict),
    ...renameConflicts(merge, settled),
    ...remadeConflicts(merge),
    ...conflicts,
  ]
  if (found.length > 0) return inConflict(found)
  const snapshot = snapshotOfParts(parts, (table) => mergedColumns(merge, table))
  const broken = [...danglingIn(merge, snapshot), ...collisionsIn(merge)]
  return broken.length > 0 ? inConflict(broken) : { kind: 'merged', snapshot, renames: inOrder(renames) }
}

/** Tables first, whichever side they come from. */
function inOrder(renames: readonly Rename[]): readonly Rename[] {
  const key = ({ object, table, to }: Rename): string => `${object === 'table' ? 0 : 1} ${table} ${to}`
  return renames.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
}

function inConflict(found: readonly MergeConflict[]): MergeOutcome {
  const byText = new Map(found.map((each) => [`${each.object}\0${each.ours}\0${each.theirs}`, each]))
  const conflicts = [...byText.values()].toSorted((a, b) => (a.object < b.object ? -1 : 1))
  return { kind: 'conflict', conflicts }
}

interface TableConflict {
  readonly table: string
  readonly conflict: MergeConflict
}

/** Tables that one side drops and the other changes, and that both make and each otherwise. */
function tableConflicts({ base, sides }: Merge): readonly TableConflict[] {
  const [ours, theirs] = [sides[0].snapshot.tables, sides[1].snapshot.tables]
  const names = new Set([...Object.keys(base.tables), ...Object.keys(ours), ...Object.keys(theirs)])
  return [...names].flatMap((table) => {
    const [before, one, other] = [base.tables[table], ours[table], theirs[table]]
    const hashes = [before, one, other].map((shape) => (shape === undefined ? null : hashOf(partsOfTable(shape))))
    const isSettled = hashes[1] === hashes[2] || hashes[0] === hashes[1] || hashes[0] === hashes[2]
    const isWithin = before !== undefined && one !== undefined && other !== undefined
    if (isSettled || isWithin) return []
    const words = { ours: tableWords(base, sides[0], table), theirs: tableWords(base, sides[1], table) }
    return [{ table, conflict: { object: `table ${table}`, ...words } }]
  })
}

function hashOf(parts: ReturnType<typeof partsOfTable>): string {
  return parts
    .map(([key, { hash }]) => `${key} ${hash}`)
    .toSorted()
    .join('\n')
}

interface MergedParts {
  readonly parts: readonly Part[]
  readonly conflicts: readonly MergeConflict[]
}

function mergedParts({ base, sides }: Merge, settled: ReadonlySet<string>): MergedParts {
  const before = partsOf(base)
  const [ours, theirs] = [partsOf(sides[0].snapshot), partsOf(sides[1].snapshot)]
  const parts: Part[] = []
  const conflicts: MergeConflict[] = []
  for (const key of new Set([...before.keys(), ...ours.keys(), ...theirs.keys()])) {
    const values: Three = [before.get(key), ours.get(key), theirs.get(key)]
    const [first] = values.filter((part) => part !== undefined)
    if (first === undefined || settled.has(first.table)) continue
    const taken = takenOf(values)
    if (taken !== 'conflict' && taken !== undefined) parts.push(taken)
    if (taken !== 'conflict') continue
    const [was, one, other] = values
    const words = { ours: changeWords(was, one, sides[0]), theirs: changeWords(was, other, sides[1]) }
    conflicts.push({ object: objectWords(first), ...words })
  }
  return { parts, conflicts }
}

type Three = readonly [base: Part | undefined, ours: Part | undefined, theirs: Part | undefined]

function takenOf([base, ours, theirs]: Three): Part | undefined | 'conflict' {
  if (ours?.hash === theirs?.hash) return written(base, ours, theirs)
  if (ours?.hash === base?.hash) return theirs
  return theirs?.hash === base?.hash ? ours : 'conflict'
}

/** Of two that mean the same the one that is newly written: where they come from may be told otherwise. */
function written(...[base, ours, theirs]: Three): Part | undefined {
  if (ours === undefined || theirs === undefined || ours.text === theirs.text) return ours
  if (ours.text === base?.text) return theirs
  if (theirs.text === base?.text) return ours
  return ours.text < theirs.text ? ours : theirs
}
