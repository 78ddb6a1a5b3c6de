import {
  doubleQuoteName as quote,
  objectHash,
  type Change,
  type ChangeOf,
  type ColumnShape,
  type RenderContext,
  type RenderedStep,
} from '../../../schema/index.ts'
import { nameFits, passingPrefix } from '../internal-names.ts'
import { columnProbe, movedProbe, step } from './step.ts'
import { usualSequence } from './sequences.ts'

interface Move<T> {
  readonly from: string
  readonly to: string
  /** Null for the half of a move that only makes room. */
  readonly about: T | null
}

/**
 * Renames in an order in which each finds its name free; of those that change places one goes by way of a name that nothing has.
 */
function movesInOrder<T>(moves: readonly Move<T>[]): readonly Move<T>[] {
  const ordered: Move<T>[] = []
  const left = [...moves]
  while (left.length > 0) {
    const free = left.findIndex(({ to }) => !left.some(({ from }) => from === to))
    const [move] = left.splice(Math.max(free, 0), 1)
    if (move === undefined) break
    if (free >= 0) {
      ordered.push(move)
      continue
    }
    const passing = passingPrefix + objectHash([move.from, move.to]).slice(0, 16)
    ordered.push({ from: move.from, to: passing, about: null })
    left.push({ ...move, from: passing })
  }
  return ordered
}

/** Constraints and indexes keep their names, which are changes of their own; sequences that have their usual name follow. */
export function renameTables(
  changes: readonly ChangeOf<'renameTable'>[],
  context: RenderContext,
): readonly RenderedStep[] {
  const tables = movesInOrder(
    changes.map((change) => ({ from: change.live.name, to: change.wanted.name, about: change })),
  )
  const sequences = changes.flatMap((change) =>
    change.live.columns.flatMap((column) =>
      sequenceMoves({ column, about: change }, [change.live.name, column.name], [change.wanted.name, column.name]),
    ),
  )
  const [first] = changes
  return [
    ...inSteps(tables).map((moves) => renameStep('table', moves, { table: moves.at(-1)?.to ?? '' })),
    ...freeMoves(sequences, context).map((move) =>
      renameStep('sequence', [move], { table: (move.about ?? first)?.wanted.name ?? '' }),
    ),
  ]
}

/** Of a column that is an identity: a serial one's sequence may serve others too, and keeps its name. */
function sequenceMoves<T>(
  { column, about }: { readonly column: ColumnShape; readonly about: T },
  from: readonly [table: string, column: string],
  to: readonly [table: string, column: string],
): readonly Move<T>[] {
  const [before, after] = [usualSequence(...from), usualSequence(...to)]
  const follows = column.identity !== 'serial' && column.definition === before && nameFits(after)
  return follows ? [{ from: before, to: after, about }] : []
}

/** Whatever else has the wanted name keeps it. */
function freeMoves<T>(moves: readonly Move<T>[], { before, opaque }: RenderContext): readonly Move<T>[] {
  if (moves.length === 0) return []
  const leaving = new Set(moves.map(({ from }) => from))
  const taken = new Set([
    ...Object.keys(before.tables),
    ...opaque.map(({ name }) => name),
    ...Object.values(before.tables).flatMap(({ columns }) => columns.flatMap(({ definition }) => definition ?? [])),
  ])
  return movesInOrder(moves.filter(({ to }) => leaving.has(to) || !taken.has(to)))
}

/** Names that change places do so in one step: between its statements nothing has the name that the ledger knows it by. */
function inSteps<T>(moves: readonly Move<T>[]): readonly (readonly Move<T>[])[] {
  return moves.some(({ about }) => about === null) ? [moves] : moves.map((move) => [move])
}

function aboutOf<T>(moves: readonly Move<T>[]): readonly T[] {
  return moves.flatMap(({ about }) => (about === null ? [] : [about]))
}

function renameStep(
  kind: 'table' | 'sequence',
  moves: readonly Move<Change>[],
  { table }: { readonly table: string },
): RenderedStep {
  const rename = (from: string, to: string): string => `alter ${kind} ${quote(from)} rename to ${quote(to)}`
  const tables = kind === 'table' ? moves.filter(({ about }) => about !== null) : []
  const last = moves.at(-1)
  return step({
    phase: 'rename',
    table,
    changes: aboutOf(moves),
    statements: moves.map(({ from, to }) => rename(from, to)),
    inverse: moves.toReversed().map(({ from, to }) => rename(to, from)),
    idempotenceProbe: movedProbe(quote(last?.from ?? ''), quote(last?.to ?? '')),
    makes: tables.map(({ to }) => ({ kind: 'table', path: to })),
  })
}

/** All of one table, which has its new name. */
export function renameColumns(
  changes: readonly ChangeOf<'renameColumn'>[],
  context: RenderContext,
): readonly RenderedStep[] {
  const [first] = changes
  if (first === undefined) return []
  const table = first.table.live.name
  const columns = movesInOrder(
    changes.map((change) => ({ from: change.live.name, to: change.wanted.name, about: change })),
  )
  const sequences = changes.flatMap((change) =>
    sequenceMoves({ column: change.live, about: change }, [table, change.live.name], [table, change.wanted.name]),
  )
  return [
    ...inSteps(columns).map((moves) => renameColumnStep(table, moves)),
    ...freeMoves(sequences, context).map((move) => renameStep('sequence', [move], { table })),
  ]
}

function renameColumnStep(table: string, moves: readonly Move<ChangeOf<'renameColumn'>>[]): RenderedStep {
  const rename = (one: string, other: string): string =>
    `alter table ${quote(table)} rename column ${quote(one)} to ${quote(other)}`
  const renamed = moves.filter(({ about }) => about !== null)
  return step({
    phase: 'rename',
    table,
    changes: aboutOf(moves),
    statements: moves.map(({ from, to }) => rename(from, to)),
    inverse: moves.toReversed().map(({ from, to }) => rename(to, from)),
    idempotenceProbe: columnProbe(quote(table), moves.at(-1)?.to ?? ''),
    makes: renamed.map(({ to }) => ({ kind: 'column', path: `${table}.${to}` })),
  })
}
