import {
  columnsIn,
  isRenameOnly,
  type ChangeOf,
  type RenderContext,
  type RenderedStep,
  type TableAlteration,
  type TablePart,
  type TableShape,
} from '../../../schema/index.ts'
import { addColumn, alterColumn, alterTableComment, dropColumn, remakeColumn } from './column-steps.ts'
import { keysToRelease } from './foreign-key-releases.ts'
import { opaqueSteps } from './opaque-releases.ts'
import { addOnline, addPiece, dropOnline, dropPiece, renamePiece, validatePiece } from './piece-steps.ts'
import { pieceOf, piecesOf, type PieceKind, type PieceShapes } from './pieces.ts'
import { endedColumns, isTouched, touchedColumns, type TouchedColumns } from './touched-columns.ts'

/** What a change does on PostgreSQL, and what has to make room for it and comes back. */
export function alterTable(alteration: TableAlteration, context: RenderContext): readonly RenderedStep[] {
  const { live, target, changes } = alteration
  const touched = touchedColumns(live.name, context)
  const room = roomFor(alteration, touched)
  const keys = keysToRelease(live.name, context).map(({ owner, key }) => pieceOf('foreignKey', owner, key))
  const generated = live.columns.filter((column) => touched.remade.has(column.name) && target.columns.includes(column))
  // What makes room comes first: dependents before what they stand on, generated columns last and first again.
  return [
    ...opaqueSteps(live.name, context),
    ...keys.flatMap((piece) => [dropPiece(piece, []), addPiece(piece, [])]),
    ...room.flatMap(([kind, shape]) => {
      const piece = pieceOf(kind, live.name, shape)
      return [dropPiece(piece, []), addPiece(piece, [])]
    }),
    ...inOrder(changes).flatMap((change) => stepsOf(change, { live, touched, context })),
    ...generated.flatMap((column) => remakeColumn(live.name, { live: column, wanted: column, changes: [] })),
  ]
}

/** Rules go before columns do; what is calculated comes after what it is calculated from. */
function inOrder(changes: readonly TablePart[]): readonly TablePart[] {
  const isColumn = ({ kind }: TablePart): boolean => kind.endsWith('Column')
  const isAdded = (change: TablePart): boolean => change.kind === 'addColumn'
  const isCalculated = (change: TablePart): boolean =>
    (change.kind === 'addColumn' || change.kind === 'alterColumn') && change.wanted.generated !== null
  const isDropOfCalculated = (change: TablePart): boolean =>
    change.kind === 'dropColumn' && change.live.generated !== null
  const columns = changes.filter(isColumn)
  return [
    ...changes.filter((change) => !isColumn(change)),
    ...columns.filter(isDropOfCalculated),
    ...columns.filter((change) => !isAdded(change) && !isCalculated(change) && !isDropOfCalculated(change)),
    ...columns.filter((change) => isAdded(change) && !isCalculated(change)),
    ...columns.filter(isCalculated),
  ]
}

/** Pieces that stay as they are and stand on columns that change: an expression would keep the casts of the former type. */
function roomFor(
  { live, target }: TableAlteration,
  touched: TouchedColumns,
): readonly (readonly [PieceKind, PieceShapes[PieceKind]])[] {
  const ended = endedColumns(live, target)
  const isAnew = (name: string): boolean => touched.remade.has(name) || ended.has(name)
  if (touched.retyped.size === 0 && touched.remade.size === 0 && ended.size === 0) return []
  const kept = new Set(piecesOf(target).map(([, shape]) => shape))
  const isInExpression = (text: string | null): boolean =>
    text !== null && columnsIn(text, live).some(({ name }) => isTouched(touched, name) || ended.has(name))
  return piecesOf(live).filter(([kind, shape]) => {
    if (!kept.has(shape) || kind === 'foreignKey') return false
    const expressions = [
      ...('expression' in shape ? [shape.expression] : []),
      ...('where' in shape ? [shape.where] : []),
      ...columnNames(shape).filter((name) => name.startsWith('(')),
    ]
    return expressions.some(isInExpression) || columnNames(shape).some(isAnew)
  })
}

function columnNames(shape: PieceShapes[PieceKind]): readonly string[] {
  const columns =
    'columns' in shape ? shape.columns.map((column) => (typeof column === 'string' ? column : column.name)) : []
  return [...columns, ...('include' in shape ? shape.include : [])]
}

interface Surroundings {
  readonly live: TableShape
  readonly touched: TouchedColumns
  readonly context: RenderContext
}

function stepsOf(change: TablePart, surroundings: Surroundings): readonly RenderedStep[] {
  const { context, live } = surroundings
  const table = live.name
  switch (change.kind) {
    case 'alterTable':
      return alterTableComment(change)
    case 'addColumn':
      return addColumn(change, context)
    case 'dropColumn':
      return [dropsWithOthers(dropColumn(change), change)]
    case 'alterColumn':
      return alterColumn(change, context)
    case 'alterPrimaryKey':
      return alterPrimaryKey(change, context)
    case 'addUnique':
      return added('unique', change, context)
    case 'addIndex':
      return added('index', change, context)
    case 'addForeignKey':
      return added('foreignKey', change, context)
    case 'addCheck':
      return added('check', change, context)
    case 'dropUnique':
      return [dropped('unique', change, context)]
    case 'dropIndex':
      return [dropped('index', change, context)]
    case 'dropForeignKey':
      return [dropPiece(pieceOf('foreignKey', table, change.live), [change])]
    case 'dropCheck':
      return [dropPiece(pieceOf('check', table, change.live), [change])]
    case 'alterUnique':
      return altered('unique', change, surroundings)
    case 'alterIndex':
      return altered('index', change, surroundings)
    case 'alterForeignKey':
      return altered('foreignKey', change, surroundings)
    case 'alterCheck':
      return altered('check', change, surroundings)
  }
}

/** What is calculated goes before what it is calculated from, which may go in the same phase or change before. */
function dropsWithOthers(step: RenderedStep, { live }: ChangeOf<'dropColumn'>): RenderedStep {
  return live.generated === null ? step : { ...step, phase: 'release' }
}

type Addition = ChangeOf<'addUnique' | 'addIndex' | 'addForeignKey' | 'addCheck'>

function added<K extends PieceKind>(
  kind: K,
  change: Addition & { readonly wanted: PieceShapes[K] },
  context: RenderContext,
): readonly RenderedStep[] {
  return addedPiece(kind, { table: change.table.live.name, shape: change.wanted, changes: [change] }, context)
}

function addedPiece<K extends PieceKind>(
  kind: K,
  addition: Parameters<typeof addOnline<K>>[1],
  { online }: RenderContext,
): readonly RenderedStep[] {
  const { table, shape, changes } = addition
  const isLooked = !('enforced' in shape) || shape.enforced
  return online && isLooked ? addOnline(kind, addition) : [addPiece(pieceOf(kind, table, shape), changes)]
}

function dropped<K extends 'unique' | 'index'>(
  kind: K,
  change: ChangeOf<'dropUnique' | 'dropIndex'> & { readonly live: PieceShapes[K] },
  { online }: RenderContext,
): RenderedStep {
  const piece = pieceOf(kind, change.table.live.name, change.live)
  return online ? dropOnline(piece, [change]) : dropPiece(piece, [change])
}

type Alteration = ChangeOf<'alterUnique' | 'alterIndex' | 'alterForeignKey' | 'alterCheck'>

/** A name alone is changed in place, and so is what rows were never held to; all else is dropped and made. */
function altered<K extends PieceKind>(
  kind: K,
  change: Alteration & { readonly live: PieceShapes[K]; readonly wanted: PieceShapes[K] },
  { live, touched, context }: Surroundings,
): readonly RenderedStep[] {
  const sides = {
    live: pieceOf(kind, live.name, change.live),
    wanted: pieceOf(kind, live.name, change.wanted),
  }
  const isMoved = columnsOf(change.live, live).some((name) => isTouched(touched, name))
  if (isRenameOnly(change) && !isMoved) return renamePiece(sides, [change], context)
  const isUnheld = change.differences.every(({ aspect }) => aspect === 'enforced')
  if (isUnheld && !isMoved && (kind === 'foreignKey' || kind === 'check') && isEnforced(change.wanted))
    return [validatePiece(sides.live, [change], { online: context.online })]
  const gone = context.online ? dropOnline(sides.live, [change]) : dropPiece(sides.live, [change])
  return [gone, ...addedPiece(kind, { table: live.name, shape: change.wanted, changes: [change] }, context)]
}

function isEnforced(shape: object): boolean {
  return 'enforced' in shape && shape.enforced === true
}

/** Those of an expression, too. */
function columnsOf(shape: PieceShapes[PieceKind], table: TableShape): readonly string[] {
  const inText = (text: string | null): readonly string[] =>
    text === null ? [] : columnsIn(text, table).map(({ name }) => name)
  return [
    ...columnNames(shape).flatMap((name) => (name.startsWith('(') ? inText(name) : [name])),
    ...('expression' in shape ? inText(shape.expression) : []),
    ...('where' in shape ? inText(shape.where) : []),
  ]
}

function alterPrimaryKey(change: ChangeOf<'alterPrimaryKey'>, context: RenderContext): readonly RenderedStep[] {
  const { live, wanted, table } = change
  const name = table.live.name
  if (live !== null && wanted !== null && isRenameOnly(change))
    return renamePiece(
      { live: pieceOf('primaryKey', name, live), wanted: pieceOf('primaryKey', name, wanted) },
      [change],
      context,
    )
  return [
    ...(live === null ? [] : [dropPiece(pieceOf('primaryKey', name, live), [change])]),
    ...(wanted === null ? [] : [addPiece(pieceOf('primaryKey', name, wanted), [change])]),
  ]
}
