import {
  doubleQuoteName as quote,
  pathsOf,
  readyForeignKeys,
  type ChangeOf,
  type RenderContext,
  type RenderedStep,
  type TableShape,
} from '../../../schema/index.ts'
import {
  checkClause,
  columnClause,
  commentsOf,
  createIndex,
  createUniqueIndex,
  keyClause,
  primaryKeyClause,
  uniqueClause,
} from './clauses.ts'
import { addPiece, dropPiece } from './piece-steps.ts'
import { pieceOf } from './pieces.ts'
import { brief, relationProbe, step } from './step.ts'

/** The table with what can be said with it, then its indexes, then the keys that wait for their targets. */
export function createTable(change: ChangeOf<'createTable'>, context: RenderContext): readonly RenderedStep[] {
  const { wanted } = change
  const { ready, waiting } = readyForeignKeys(wanted.name, wanted.foreignKeys, context)
  const isSaidWith = ({ enforced }: { readonly enforced: boolean }): boolean => enforced
  const inline: TableShape = {
    ...wanted,
    uniques: wanted.uniques.filter(({ heldBy }) => heldBy === 'constraint'),
    foreignKeys: ready.filter(isSaidWith),
    checks: wanted.checks.filter(isSaidWith),
    indexes: [],
  }
  const create = step({
    phase: 'table',
    table: wanted.name,
    changes: [change],
    statements: [createTableSql(inline, 'create table'), ...commentsOf(inline)],
    inverse: [`drop table ${quote(wanted.name)}`],
    idempotenceProbe: relationProbe(quote(wanted.name)),
    makes: pathsOf(inline),
    refersTo: inline.foreignKeys.map(({ targetTable }) => targetTable).filter((name) => name !== wanted.name),
  })
  const rest = [
    ...wanted.uniques
      .filter(({ heldBy }) => heldBy === 'index')
      .map((unique) => pieceOf('unique', wanted.name, unique)),
    ...wanted.checks.filter((check) => !check.enforced).map((check) => pieceOf('check', wanted.name, check)),
    ...wanted.indexes.map((index) => pieceOf('index', wanted.name, index)),
    ...[...waiting, ...ready.filter((key) => !key.enforced)].map((key) => pieceOf('foreignKey', wanted.name, key)),
  ]
  // The table is new and has no rows.
  return [
    create,
    ...rest.map((piece) => ({ ...addPiece(piece, [change]), ...(piece.kind === 'foreignKey' ? {} : { lock: brief }) })),
  ]
}

export function createTableSql(
  { name, columns, primaryKey, uniques, foreignKeys, checks }: TableShape,
  create: string,
): string {
  const parts = [
    ...columns.map(columnClause),
    ...(primaryKey === null ? [] : [primaryKeyClause(primaryKey)]),
    ...uniques.map(uniqueClause),
    ...foreignKeys.map(keyClause),
    ...checks.map(checkClause),
  ]
  return parts.length === 0 ? `${create} ${quote(name)} ()` : `${create} ${quote(name)} (\n  ${parts.join(',\n  ')}\n)`
}

/** Lets go of all other tables first, so that tables can go in any order. The way back has the structure, not the rows. */
export function dropTable(change: ChangeOf<'dropTable'>): readonly RenderedStep[] {
  const { live } = change
  const leading = live.foreignKeys.filter(({ targetTable }) => targetTable !== live.name)
  const alone: TableShape = { ...live, foreignKeys: live.foreignKeys.filter((key) => !leading.includes(key)) }
  return [
    ...leading.map((key) => dropPiece(pieceOf('foreignKey', live.name, key), [change])),
    step({
      phase: 'dropTable',
      table: live.name,
      changes: [change],
      statements: [`drop table ${quote(live.name)}`],
      inverse: wholeTable(alone),
      idempotenceProbe: relationProbe(quote(live.name), { exists: false }),
      drops: pathsOf(alone),
    }),
  ]
}

function wholeTable(table: TableShape): readonly string[] {
  const unheld = [
    ...table.checks.filter(({ enforced }) => !enforced).map((check) => pieceOf('check', table.name, check)),
    ...table.foreignKeys.filter(({ enforced }) => !enforced).map((key) => pieceOf('foreignKey', table.name, key)),
  ]
  const inline: TableShape = {
    ...table,
    uniques: table.uniques.filter(({ heldBy }) => heldBy === 'constraint'),
    checks: table.checks.filter(({ enforced }) => enforced),
    foreignKeys: table.foreignKeys.filter(({ enforced }) => enforced),
  }
  return [
    createTableSql(inline, 'create table'),
    ...commentsOf(table),
    ...table.uniques
      .filter(({ heldBy }) => heldBy === 'index')
      .map((unique) => unique.definition ?? createUniqueIndex(table.name, unique)),
    ...table.indexes.map((index) => index.definition ?? createIndex(table.name, index)),
    ...unheld.map(({ add }) => add),
  ]
}

/**
 * The statements that build a copy for this transaction only: the table first, then each part that may fail alone.
 */
export function buildScratch(table: TableShape): readonly string[] {
  const { name, uniques, indexes, checks, foreignKeys: _, ...rest } = table
  return [
    createTableSql({ ...rest, name, uniques: [], indexes: [], checks: [], foreignKeys: [] }, 'create temporary table'),
    ...commentsOf(table),
    ...uniques.map((unique) => pieceOf('unique', name, unique).add),
    ...checks.map((check) => pieceOf('check', name, check).add),
    ...indexes.map((index) => pieceOf('index', name, index).add),
  ]
}
