import {
  doubleQuoteName as quote,
  objectHash,
  type CheckShape,
  type ForeignKeyShape,
  type IndexShape,
  type LockLevel,
  type ObjectKind,
  type Phase,
  type PrimaryKeyShape,
  type Query,
  type TableShape,
  type UniqueShape,
} from '../../../schema/index.ts'
import { checkClause, createIndex, createUniqueIndex, keyClause, primaryKeyClause, uniqueClause } from './clauses.ts'
import { constraintProbe, relationProbe } from './step.ts'

export type PieceKind = Exclude<ObjectKind, 'table' | 'column'>

export interface PieceShapes {
  readonly primaryKey: PrimaryKeyShape
  readonly unique: UniqueShape
  readonly index: IndexShape
  readonly foreignKey: ForeignKeyShape
  readonly check: CheckShape
}

/** What stands on a table's columns and is made and dropped by itself. */
export interface Piece {
  readonly kind: PieceKind
  readonly table: string
  readonly name: string
  /** Its name is one among all of the schema's tables and indexes. */
  readonly hasIndex: boolean
  /** A constraint of the table, not an index alone. */
  readonly isConstraint: boolean
  readonly add: string
  readonly drop: string
  /** When it is made, and when it makes room. */
  readonly phase: Phase
  readonly release: Phase
  readonly lock: LockLevel
  readonly targetTable: string | null
}

const scanning = { blocks: 'everything', work: 'scan' } as const
const building = { blocks: 'writes', work: 'scan' } as const

type Makers = { readonly [K in PieceKind]: (table: string, shape: PieceShapes[K]) => Piece }

const makers: Makers = {
  primaryKey: (table, shape) => constraint('primaryKey', table, shape.name, primaryKeyClause(shape)),
  check: (table, shape) => {
    const piece = constraint('check', table, shape.name, checkClause(shape))
    return shape.enforced ? piece : notValid(piece)
  },
  foreignKey: (table, shape) => {
    const piece: Piece = {
      ...constraint('foreignKey', table, shape.name, keyClause(shape)),
      phase: 'foreignKey',
      release: 'unlink',
      lock: building,
      targetTable: shape.targetTable,
    }
    return shape.enforced ? piece : notValid(piece)
  },
  unique: (table, shape) =>
    shape.heldBy === 'constraint'
      ? constraint('unique', table, shape.name, uniqueClause(shape))
      : {
          ...index('unique', table, shape.name ?? '', shape.definition ?? createUniqueIndex(table, shape)),
          phase: 'constraint',
        },
  index: (table, shape) => index('index', table, shape.name, shape.definition ?? createIndex(table, shape)),
}

export function pieceOf<K extends PieceKind>(kind: K, table: string, shape: PieceShapes[K]): Piece {
  return makers[kind](table, shape)
}

function constraint(kind: PieceKind, table: string, given: string | null, clause: string): Piece {
  const name = given ?? ''
  return {
    kind,
    table,
    name,
    hasIndex: kind === 'primaryKey' || kind === 'unique',
    isConstraint: true,
    add: `alter table ${quote(table)} add ${clause}`,
    drop: `alter table ${quote(table)} drop constraint ${quote(name)}`,
    phase: 'constraint',
    release: 'release',
    lock: scanning,
    targetTable: null,
  }
}

function index(kind: PieceKind, table: string, name: string, create: string): Piece {
  return {
    kind,
    table,
    name,
    hasIndex: true,
    isConstraint: false,
    add: create,
    drop: `drop index ${quote(name)}`,
    phase: 'index',
    release: 'release',
    lock: building,
    targetTable: null,
  }
}

/** Held to by new rows only. */
function notValid(piece: Piece): Piece {
  return { ...piece, add: `${piece.add} not valid`, lock: { blocks: 'everything', work: 'none' } }
}

export function addedProbe({ isConstraint, table, name }: Piece): Query {
  return isConstraint ? constraintProbe(quote(table), name) : relationProbe(quote(name))
}

export function droppedProbe({ isConstraint, table, name }: Piece): Query {
  return isConstraint
    ? constraintProbe(quote(table), name, { exists: false })
    : relationProbe(quote(name), { exists: false })
}

/** Every piece of a table, with the shape it is of. */
export function piecesOf(table: TableShape): readonly (readonly [PieceKind, PieceShapes[PieceKind]])[] {
  return [
    ...(table.primaryKey === null ? [] : [['primaryKey', table.primaryKey] as const]),
    ...table.uniques.map((shape) => ['unique', shape] as const),
    ...table.indexes.map((shape) => ['index', shape] as const),
    ...table.foreignKeys.map((shape) => ['foreignKey', shape] as const),
    ...table.checks.map((shape) => ['check', shape] as const),
  ]
}

/** Whether two shapes differ in nothing but their names. */
export function isSameButName(one: object, other: object): boolean {
  return one === other || objectHash({ ...one, name: null }) === objectHash({ ...other, name: null })
}
