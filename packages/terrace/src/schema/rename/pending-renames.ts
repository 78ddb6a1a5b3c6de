import type { ChangeOf } from '../change.ts'
import type { Rename } from './rename.ts'
import type { Snapshot, Source } from '../snapshot.ts'

export interface PendingRenames {
  /** Tables first; columns by their tables' new names. */
  readonly renames: readonly Rename[]
  readonly conflicts: readonly ChangeOf<'conflictingRename'>[]
}

interface Candidate extends Rename {
  readonly source: Source | null
}

/**
 * The declared renames that are still to be done. One is pending while nothing has recorded that very rename for the new name,
 * so that a swap is not swapped back at the next start; `isRecorded` is asked of columns by the name that their table has now.
 * Without the former name there is nothing to do; with both names there, unless the new one is itself renamed away, it conflicts.
 */
export function pendingRenames(
  declared: Snapshot,
  live: Snapshot,
  isRecorded: (rename: Rename) => boolean,
): PendingRenames {
  const liveTables = new Set(Object.keys(live.tables))
  const tables = resolved(tableCandidates(declared, liveTables), liveTables, isRecorded)
  const formerOf = new Map(tables.renames.map(({ from, to }) => [to, from]))
  const columns = Object.values(declared.tables).map((table) => {
    const former = formerOf.get(table.name) ?? table.name
    const before = live.tables[former]
    const names = new Set(before?.columns.map(({ name }) => name))
    const candidates = table.columns.flatMap(({ name, source }) =>
      candidate('column', { table: table.name, to: name, source }, names),
    )
    return resolved(candidates, names, (rename) => isRecorded({ ...rename, table: former }))
  })
  return {
    renames: [...tables.renames, ...columns.flatMap(({ renames }) => renames)],
    conflicts: [...tables.conflicts, ...columns.flatMap(({ conflicts }) => conflicts)],
  }
}

function tableCandidates({ tables }: Snapshot, names: ReadonlySet<string>): readonly Candidate[] {
  return Object.values(tables).flatMap(({ name, source }) =>
    candidate('table', { table: name, to: name, source }, names),
  )
}

/** One whose former name is there, where several are possible. */
function candidate(
  object: Rename['object'],
  renamed: Pick<Candidate, 'table' | 'to' | 'source'>,
  names: ReadonlySet<string>,
): readonly Candidate[] {
  const former = [renamed.source?.renamedFrom ?? []].flat()
  const from = former.find((name) => names.has(name) && name !== renamed.to)
  return from === undefined ? [] : [{ object, from, ...renamed }]
}

/** Leaves out, again and again, what cannot be: a rename onto a name that stays taken. */
function resolved(
  candidates: readonly Candidate[],
  names: ReadonlySet<string>,
  isRecorded: (rename: Rename) => boolean,
): PendingRenames {
  const left = new Set(candidates.filter((each) => !isRecorded(each)))
  const conflicts: ChangeOf<'conflictingRename'>[] = []
  const isTaken = ({ to }: Candidate): boolean => names.has(to) && ![...left].some(({ from }) => from === to)
  for (let taken = [...left].find(isTaken); taken !== undefined; taken = [...left].find(isTaken)) {
    left.delete(taken)
    conflicts.push({ kind: 'conflictingRename', rename: plain(taken), source: taken.source })
  }
  return {
    renames: [...left].map(plain),
    conflicts,
  }
}

function plain({ object, table, from, to }: Candidate): Rename {
  return { object, table, from, to }
}
