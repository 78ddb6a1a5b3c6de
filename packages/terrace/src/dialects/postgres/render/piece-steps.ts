import {
  doubleQuoteName as quote,
  objectHash,
  type Change,
  type RenderContext,
  type RenderedStep,
  type TableShape,
} from '../../../schema/index.ts'
import { passingPrefix } from '../internal-names.ts'
import { createIndex, createUniqueIndex } from './clauses.ts'
import { addedProbe, droppedProbe, pieceOf, piecesOf, type Piece, type PieceShapes } from './pieces.ts'
import { brief, constraintProbe, movedProbe, repeatable, step } from './step.ts'

const unblocked = { blocks: 'nothing', work: 'scan' } as const
const unblockedBrief = { blocks: 'nothing', work: 'none' } as const

function pathOf({ kind, table, name }: Piece): RenderedStep['makes'][number] {
  return { kind, path: `${table}.${name}` }
}

/** None for what only makes room and comes back. */
export type StepChanges = readonly Change[]

export function addPiece(piece: Piece, changes: StepChanges): RenderedStep {
  return step({
    phase: piece.phase,
    table: piece.table,
    changes,
    statements: [piece.add],
    inverse: [piece.drop],
    lock: piece.lock,
    idempotenceProbe: addedProbe(piece),
    makes: changes.length === 0 ? [] : [pathOf(piece)],
    refersTo: refersTo(piece),
  })
}

export function dropPiece(piece: Piece, changes: StepChanges): RenderedStep {
  return step({
    phase: piece.release,
    table: piece.table,
    changes,
    statements: [piece.drop],
    inverse: [piece.add],
    idempotenceProbe: droppedProbe(piece),
    drops: changes.length === 0 ? [] : [pathOf(piece)],
    refersTo: refersTo(piece),
  })
}

function refersTo({ table, targetTable }: Piece): readonly string[] {
  return targetTable === null || targetTable === table ? [] : [targetTable]
}

/** Adds it so that others go on reading and writing, in steps that commit one by one. */
export function addOnline<K extends Piece['kind']>(
  kind: K,
  { table, shape, changes }: { readonly table: string; readonly shape: PieceShapes[K]; readonly changes: StepChanges },
): readonly RenderedStep[] {
  const piece = pieceOf(kind, table, shape)
  if (kind === 'index')
    return [addConcurrently(piece, createIndex(table, shape as PieceShapes['index'], { online: true }), changes)]
  if (kind === 'unique') return addUniqueOnline(piece, shape as PieceShapes['unique'], changes)
  if (kind === 'primaryKey') return [addPiece(piece, changes)]
  const added = addPiece({ ...piece, add: `${piece.add} not valid`, lock: brief }, changes)
  const drop = dropIfExists(piece)
  return [
    {
      ...added,
      transaction: 'own',
      repeatable: { statements: [drop, ...added.statements], inverse: [drop] },
    },
    validatePiece(piece, changes),
  ]
}

/** What may have been made already by a run that was interrupted. */
function dropIfExists({ isConstraint, table, name }: Piece): string {
  return isConstraint
    ? `alter table ${quote(table)} drop constraint if exists ${quote(name)}`
    : `drop index concurrently if exists ${quote(name)}`
}

function addConcurrently(piece: Piece, create: string, changes: StepChanges): RenderedStep {
  // An interrupted one is there and serves nothing.
  const drop = dropIfExists({ ...piece, isConstraint: false })
  return {
    ...addPiece(piece, changes),
    statements: [create],
    inverse: [`drop index concurrently ${quote(piece.name)}`],
    repeatable: { statements: [drop, create], inverse: [drop] },
    lock: unblocked,
    transaction: 'none',
    idempotenceProbe: validIndexProbe(piece.name),
  }
}

/** One whose building failed is there too. */
function validIndexProbe(name: string): RenderedStep['idempotenceProbe'] {
  return {
    sql: 'select count(*) as applied from pg_index where indexrelid = to_regclass($1) and indisvalid',
    parameters: [quote(name)],
  }
}

function addUniqueOnline(piece: Piece, shape: PieceShapes['unique'], changes: StepChanges): readonly RenderedStep[] {
  const built = addConcurrently(piece, createUniqueIndex(piece.table, shape, { online: true }), changes)
  if (!piece.isConstraint) return [built]
  const name = quote(piece.name)
  const when =
    shape.deferrable === 'no'
      ? ''
      : ` deferrable initially ${shape.deferrable === 'initiallyDeferred' ? 'deferred' : 'immediate'}`
  const held = step({
    ...addPiece(piece, changes),
    statements: [`alter table ${quote(piece.table)} add constraint ${name} unique using index ${name}${when}`],
    // Only together: a constraint does not give its index back.
    inverse: [piece.drop, createUniqueIndex(piece.table, shape)],
    lock: brief,
  })
  return [{ ...built, inverse: [`drop index ${name}`] }, held]
}

/** A full look at the rows, while others write. */
export function validatePiece(
  piece: Piece,
  changes: StepChanges,
  { online = true }: { readonly online?: boolean } = {},
): RenderedStep {
  const statements = [`alter table ${quote(piece.table)} validate constraint ${quote(piece.name)}`]
  return {
    ...addPiece(piece, changes),
    statements,
    // What was looked at once stays so: the step before takes it away whole.
    inverse: online ? [] : [piece.drop, `${piece.add} not valid`],
    ...(online ? { repeatable: { statements, inverse: [] } } : {}),
    lock: unblocked,
    transaction: online ? 'own' : 'plan',
    idempotenceProbe: constraintProbe(quote(piece.table), piece.name, { validated: true }),
  }
}

export function dropOnline(piece: Piece, changes: StepChanges): RenderedStep {
  if (piece.isConstraint) return dropPiece(piece, changes)
  const drop = dropIfExists(piece)
  const again = piece.add.replace(/\bindex\b/i, 'index concurrently')
  return {
    ...dropPiece(piece, changes),
    statements: [`drop index concurrently ${quote(piece.name)}`],
    inverse: [again],
    repeatable: { statements: [drop], inverse: [drop, again] },
    lock: unblockedBrief,
    transaction: 'none',
  }
}

/** Its name alone: at once, or by way of a name that nothing has, where something else has the wanted one still. */
export function renamePiece(
  { live, wanted }: { readonly live: Piece; readonly wanted: Piece },
  changes: StepChanges,
  context: RenderContext,
): readonly RenderedStep[] {
  const facts = { changes, makes: [pathOf(wanted)], drops: [pathOf(live)] }
  if (!isTaken(wanted, context)) return [{ ...renameStep(live, wanted.name), ...facts, phase: 'release' }]
  const passing = passingPrefix + objectHash([live.kind, live.table, live.name]).slice(0, 16)
  const second = renameStep({ ...live, name: passing }, wanted.name)
  return [
    renameStep(live, passing),
    { ...second, ...facts, phase: wanted.phase === 'foreignKey' ? 'constraint' : wanted.phase },
  ]
}

function renameStep(live: Piece, to: string): RenderedStep {
  const sql = (from: string, next: string): string =>
    live.isConstraint
      ? `alter table ${quote(live.table)} rename constraint ${quote(from)} to ${quote(next)}`
      : `alter index ${quote(from)} rename to ${quote(next)}`
  return step({
    phase: 'release',
    table: live.table,
    statements: [sql(live.name, to)],
    inverse: [sql(to, live.name)],
    idempotenceProbe: live.hasIndex
      ? movedProbe(quote(live.name), quote(to))
      : live.isConstraint
        ? constraintProbe(quote(live.table), to)
        : repeatable,
  })
}

/** Names of constraints are a table's own; those that have an index share theirs with all tables and indexes. */
function isTaken({ name, table, hasIndex }: Piece, { before }: RenderContext): boolean {
  const own = before.tables[table]
  if (own !== undefined && piecesOf(own).some(([, shape]) => shape.name === name)) return true
  return hasIndex && Object.values(before.tables).some((other) => indexNames(other).includes(name))
}

function indexNames({ name, primaryKey, uniques, indexes }: TableShape): readonly (string | null)[] {
  return [
    name,
    primaryKey?.name ?? null,
    ...uniques.map((unique) => unique.name),
    ...indexes.map((index) => index.name),
  ]
}
