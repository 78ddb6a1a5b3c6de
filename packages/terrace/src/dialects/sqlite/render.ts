import {
  doubleQuoteName as quote,
  pathsOf,
  type ChangeOf,
  type Query,
  type RenderContext,
  type RenderedStep,
  type StructureRenderer,
  type TableAlteration,
  type TableShape,
} from '../../schema/index.ts'
import { inPlaceSteps } from './in-place.ts'
import { createIndexSql, createUniqueIndexSql, isIndex, uniqueIndexName } from './index-sql.ts'
import { limits } from './limits.ts'
import { putBackSql, viewChecksSql } from './put-back.ts'
import { rebuildStep } from './rebuild-table.ts'
import { renameColumnsSql, renameTablesSql, reversed } from './rename-sql.ts'
import { columnProbe, goneProbe, objectProbe, stepOf } from './render-step.ts'
import { createTableSql } from './table-sql.ts'

/** A table is altered in place where SQLite can, and rebuilt in one step where it cannot. */
export const render: StructureRenderer = {
  limits,
  createTable,
  dropTable,
  renameTables,
  renameColumns,
  alterTable: (alteration, context) => inPlaceSteps(alteration, context) ?? rebuildSteps(alteration, context),
}

/** References may lead to tables that are not there yet, so that no cycle has to be cut. */
function createTable(change: ChangeOf<'createTable'>): readonly RenderedStep[] {
  const { wanted } = change
  const table = wanted.name
  const uniques = wanted.uniques.filter(isIndex)
  const create = stepOf({
    phase: 'table',
    table,
    changes: [change],
    statements: [createTableSql(wanted)],
    inverse: [`drop table ${quote(table)}`],
    idempotenceProbe: objectProbe(table),
    makes: pathsOf({ ...wanted, uniques: wanted.uniques.filter((unique) => !isIndex(unique)), indexes: [] }),
    refersTo: wanted.foreignKeys.map(({ targetTable }) => targetTable).filter((name) => name !== table),
  })
  const index = (kind: 'unique' | 'index', name: string, sql: string): RenderedStep =>
    stepOf({
      phase: kind === 'unique' ? 'constraint' : 'index',
      table,
      changes: [change],
      statements: [sql],
      inverse: [`drop index ${quote(name)}`],
      idempotenceProbe: objectProbe(name),
      makes: [{ kind, path: `${table}.${name}` }],
    })
  return [
    create,
    ...uniques.map((unique) => index('unique', uniqueIndexName(table, unique), createUniqueIndexSql(table, unique))),
    ...wanted.indexes.map((each) => index('index', each.name, createIndexSql(table, each))),
  ]
}

function dropTable(change: ChangeOf<'dropTable'>, context: RenderContext): readonly RenderedStep[] {
  const { live } = change
  return [
    stepOf({
      phase: 'dropTable',
      table: live.name,
      changes: [change],
      statements: [`drop table ${quote(live.name)}`, ...viewChecksSql(live.name, context)],
      inverse: [...wholeTableSql(live), ...putBackSql(live.name, { ...context, after: context.before })],
      idempotenceProbe: goneProbe(live.name),
      drops: pathsOf(live),
    }),
  ]
}

function wholeTableSql(table: TableShape): readonly string[] {
  return [
    createTableSql(table),
    ...table.uniques.filter(isIndex).map((unique) => createUniqueIndexSql(table.name, unique)),
    ...table.indexes.map((index) => createIndexSql(table.name, index)),
  ]
}

/** A name of an index is the database's: an index whose name another table wants goes before any table is rebuilt. */
function rebuildSteps(alteration: TableAlteration, context: RenderContext): readonly RenderedStep[] {
  const { live } = alteration
  const others = Object.values(context.after.tables).filter(({ name }) => name !== live.name)
  const taken = new Set(others.flatMap(indexesOf).map(({ name }) => name))
  const released = indexesOf(live).filter(({ name }) => taken.has(name))
  const without: TableShape = {
    ...live,
    uniques: live.uniques.filter((unique) => !isIndex(unique) || !taken.has(uniqueIndexName(live.name, unique))),
    indexes: live.indexes.filter(({ name }) => !taken.has(name)),
  }
  return [
    ...released.map((index) => releaseIndex(live.name, index)),
    rebuildStep({ ...alteration, live: without }, context),
  ]
}

interface Index {
  readonly name: string
  readonly sql: string
}

function indexesOf({ name: table, uniques, indexes }: TableShape): readonly Index[] {
  return [
    ...uniques
      .filter(isIndex)
      .map((unique) => ({ name: uniqueIndexName(table, unique), sql: createUniqueIndexSql(table, unique) })),
    ...indexes.map((index) => ({ name: index.name, sql: createIndexSql(table, index) })),
  ]
}

function releaseIndex(table: string, { name, sql }: Index): RenderedStep {
  return stepOf({
    phase: 'release',
    table,
    changes: [],
    statements: [`drop index ${quote(name)}`],
    inverse: [sql],
    idempotenceProbe: goneProbe(name),
  })
}

function renameTables(changes: readonly ChangeOf<'renameTable'>[]): readonly RenderedStep[] {
  const renames = changes.map(({ live, wanted }) => ({ from: live.name, to: wanted.name }))
  return [
    stepOf({
      phase: 'rename',
      table: renames[0]?.to ?? '',
      changes,
      statements: renameTablesSql(renames),
      inverse: renameTablesSql(reversed(renames)),
      idempotenceProbe: allProbe(renames.map(({ to }) => objectProbe(to))),
      makes: renames.map(({ to }) => ({ kind: 'table', path: to })),
      drops: renames.map(({ from }) => ({ kind: 'table', path: from })),
    }),
  ]
}

function renameColumns(changes: readonly ChangeOf<'renameColumn'>[]): readonly RenderedStep[] {
  const table = changes[0]?.table.live.name ?? ''
  const renames = changes.map(({ live, wanted }) => ({ from: live.name, to: wanted.name }))
  return [
    stepOf({
      phase: 'rename',
      table,
      changes,
      statements: renameColumnsSql(table, renames),
      inverse: renameColumnsSql(table, reversed(renames)),
      idempotenceProbe: allProbe(renames.map(({ to }) => columnProbe(table, to))),
      makes: renames.map(({ to }) => ({ kind: 'column', path: `${table}.${to}` })),
      drops: renames.map(({ from }) => ({ kind: 'column', path: `${table}.${from}` })),
    }),
  ]
}

/** Whether all of them say so. */
function allProbe(probes: readonly Query[]): Query {
  return {
    sql: `select min(applied) as applied from (${probes.map(({ sql }) => sql).join(' union all ')}) each`,
    parameters: probes.flatMap(({ parameters }) => parameters),
  }
}
