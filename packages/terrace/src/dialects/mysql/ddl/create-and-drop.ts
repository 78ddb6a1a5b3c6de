import {
  pathsOf,
  readyForeignKeys,
  made,
  type ChangeOf,
  type LockLevel,
  type ForeignKeyShape,
  type RenderContext,
  type RenderedStep,
  type TableShape,
} from '../../../schema/index.ts'
import { quoteName as quote, type SchemaFlavour } from '../schema-flavour.ts'
import { createTableSql, foreignKeyClause } from './clauses.ts'
import { constraintExists, not, probe, tableExists } from './probes.ts'

const none: LockLevel = { blocks: 'nothing', work: 'none' }
// For a table that is new, or that nobody needs any more, there is nothing to read.
const brief: LockLevel = { blocks: 'everything', work: 'none' }

export function createTable(
  change: ChangeOf<'createTable'>,
  context: RenderContext,
  flavour: SchemaFlavour,
): readonly RenderedStep[] {
  const { wanted } = change
  const { ready, waiting } = readyForeignKeys(wanted.name, wanted.foreignKeys, context)
  const inline: TableShape = { ...wanted, foreignKeys: ready }
  const create: RenderedStep = {
    phase: 'table',
    table: wanted.name,
    changes: [change],
    statements: [createTableSql(inline, flavour)],
    inverse: [`drop table ${quote(wanted.name)}`],
    lock: none,
    transaction: 'own',
    idempotenceProbe: probe(tableExists(wanted.name)),
    makes: pathsOf(inline),
    drops: [],
    refersTo: ready.map(({ targetTable }) => targetTable).filter((target) => target !== wanted.name),
  }
  return [create, ...waiting.map((foreignKey) => addedKey(change, foreignKey))]
}

/** A foreign key in a circle, or to a table that is still altered. */
function addedKey(change: ChangeOf<'createTable'>, key: ForeignKeyShape): RenderedStep {
  const table = change.wanted.name
  return {
    phase: 'foreignKey',
    table,
    changes: [change],
    statements: [`alter table ${quote(table)} add ${foreignKeyClause(key)}`],
    inverse: [`alter table ${quote(table)} drop foreign key ${quote(key.name ?? '')}`],
    lock: none,
    transaction: 'own',
    idempotenceProbe: probe(constraintExists(table, key.name ?? '')),
    makes: [made('foreignKey', table, key)],
    drops: [],
    refersTo: [key.targetTable],
  }
}

/** Keys to tables that are dropped too go first, or a circle of them could not be dropped one by one. */
export function dropTable(change: ChangeOf<'dropTable'>, { after }: RenderContext): readonly RenderedStep[] {
  const { live } = change
  const among = live.foreignKeys.filter(
    ({ targetTable }) => targetTable !== live.name && after.tables[targetTable] === undefined,
  )
  const names = among.map(({ name }) => name ?? '')
  const released: RenderedStep = {
    phase: 'release',
    table: live.name,
    changes: [],
    statements: [
      `alter table ${quote(live.name)} ${names.map((name) => `drop foreign key ${quote(name)}`).join(', ')}`,
    ],
    inverse: [
      `alter table ${quote(live.name)} ${among.map((foreignKey) => `add ${foreignKeyClause(foreignKey)}`).join(', ')}`,
    ],
    lock: none,
    transaction: 'own',
    idempotenceProbe: probe(...names.map((name) => not(constraintExists(live.name, name)))),
    makes: [],
    drops: among.map((foreignKey) => made('foreignKey', live.name, foreignKey)),
    refersTo: [],
  }
  const drop: RenderedStep = {
    phase: 'dropTable',
    table: live.name,
    changes: [change],
    statements: [`drop table ${quote(live.name)}`],
    inverse: null,
    lock: brief,
    transaction: 'own',
    idempotenceProbe: probe(not(tableExists(live.name))),
    makes: [],
    drops: pathsOf(live),
    refersTo: [],
  }
  return among.length === 0 ? [drop] : [released, drop]
}
