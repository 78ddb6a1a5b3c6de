import {
  constraintName,
  defaultKeyPrecheck,
  foreignKeyClause,
  indexColumnList,
  made,
  numberingRefused,
  pathsOf,
  quotedList,
  readyForeignKeys,
  ruleRenderers,
  type ChangeOf,
  type ChangeRenderer,
  type CheckShape,
  type ColumnShape,
  type ForeignKeyShape,
  type IndexShape,
  type LockLevel,
  type Query,
  type Rendered,
  type RenderContext,
  type RenderedStep,
  type TableShape,
  type UniqueShape,
} from '../../schema/index.ts'
import { quoteName as quote } from './schema-flavour.ts'

const inPlace: LockLevel = { blocks: 'nothing', work: 'scan' }
// Source: MySQL 8.4 manual, "Online DDL Operations"; MariaDB knowledge base, "InnoDB Online DDL Overview": copied, while others read.
const copied: LockLevel = { blocks: 'writes', work: 'rewrite' }
const instant: LockLevel = { blocks: 'nothing', work: 'none' }

/** What MySQL and MariaDB change without rewriting a table, and checks and keys, which copy it. Each statement commits. */
export const render: ChangeRenderer = {
  createTable: ({ wanted }, context) => ({ kind: 'steps', steps: createTable(wanted, context) }),
  addColumn,
  addIndex: ({ wanted, table }) => ({ kind: 'steps', steps: [addIndex(table.wanted.name, wanted)] }),
  ...ruleRenderers({ addUnique, addForeignKey, addCheck }, { quoteName: quote, valueWhenAdded }),
}

function valueWhenAdded({ default: fallback }: ColumnShape): string {
  return fallback ?? 'null'
}

function createTable(table: TableShape, context: RenderContext): readonly RenderedStep[] {
  const { ready, waiting } = readyForeignKeys(table.name, table.foreignKeys, context)
  const inline = { ...table, foreignKeys: ready }
  const create: RenderedStep = {
    phase: 'table',
    sql: createTableSql(inline),
    inverse: `drop table ${quote(table.name)}`,
    precheck: null,
    lock: instant,
    idempotenceProbe: {
      sql: 'select count(*) as applied from information_schema.tables where table_schema = database() and table_name = ?',
      parameters: [table.name],
    },
    makes: pathsOf(inline),
  }
  return [create, ...waiting.map((foreignKey) => addForeignKey(table.name, foreignKey))]
}

/** Everything in one statement, which is all or nothing: a start that is killed finds the table or does not. */
export function createTableSql({
  name,
  options,
  columns,
  primaryKey,
  uniques,
  indexes,
  foreignKeys,
  checks,
}: TableShape): string {
  const collation = options['collation'] ?? ''
  const parts = [
    ...columns.map(columnClause),
    ...(primaryKey === null ? [] : [`primary key (${quotedList(primaryKey.columns, quote)})`]),
    ...uniques.map(uniqueClause),
    ...indexes.map(indexClause),
    ...foreignKeys.map((foreignKey) => foreignKeyClause(foreignKey, quote)),
    ...checks.map(checkClause),
  ]
  const suffix = `engine=${options['engine'] ?? 'InnoDB'} default character set utf8mb4 collate ${collation}`
  return `create table ${quote(name)} (\n  ${parts.join(',\n  ')}\n) ${suffix}`
}

export function columnClause({
  name,
  type,
  nullable,
  default: fallback,
  identity,
  collation,
  generated,
}: ColumnShape): string {
  const head = [quote(name), type, ...(collation === null ? [] : [`collate ${collation}`])]
  if (generated !== null) {
    const kind = generated.stored ? 'stored' : 'virtual'
    const tail = generated.invisible ? ['invisible'] : []
    return [...head, `generated always as (${generated.expression})`, kind, ...tail].join(' ')
  }
  return [
    ...head,
    // Written out: a datetime without it could be NOT NULL by the server's settings.
    nullable ? 'null' : 'not null',
    ...(fallback === null ? [] : [`default ${fallback}`]),
    ...(identity ? ['auto_increment'] : []),
  ].join(' ')
}

export function uniqueClause({ name, columns }: UniqueShape): string {
  return `unique key ${quote(name ?? '')} (${quotedList(columns, quote)})`
}

export function indexClause({ name, columns }: IndexShape): string {
  return `key ${quote(name)} (${indexColumnList(columns, quote)})`
}

export function checkClause({ name, expression }: CheckShape): string {
  return `${constraintName(name, quote)}check (${expression})`
}

function addColumn(change: ChangeOf<'addColumn'>): Rendered {
  const { table, wanted, checks, foreignKeys } = change
  if (wanted.identity) return numberingRefused
  const name = table.wanted.name
  const rules = checks.map((check) => `, add ${checkClause(check)}`)
  const step: RenderedStep = {
    phase: 'column',
    sql: `alter table ${quote(name)} add column ${columnClause(wanted)}${rules.join('')}`,
    inverse: `alter table ${quote(name)} drop column ${quote(wanted.name)}`,
    precheck: null,
    lock: checks.length > 0 ? copied : instant,
    idempotenceProbe: {
      sql:
        'select count(*) as applied from information_schema.columns ' +
        'where table_schema = database() and table_name = ? and column_name = ?',
      parameters: [name, wanted.name],
    },
    makes: [made('column', name, wanted), ...checks.map((check) => made('check', name, check))],
  }
  // After the indexes, or the server would make one of its own for each key.
  const precheck = defaultKeyPrecheck(change, quote)
  const keys = foreignKeys.map((foreignKey): RenderedStep => ({ ...addForeignKey(name, foreignKey), precheck }))
  return { kind: 'steps', steps: [step, ...keys] }
}

function addIndex(table: string, index: IndexShape): RenderedStep {
  return {
    phase: 'index',
    sql: `alter table ${quote(table)} add ${indexClause(index)}`,
    inverse: `alter table ${quote(table)} drop key ${quote(index.name)}`,
    precheck: null,
    lock: inPlace,
    idempotenceProbe: indexProbe(table, index.name),
    makes: [made('index', table, index)],
  }
}

function addUnique(table: string, unique: UniqueShape): RenderedStep {
  return {
    phase: 'constraint',
    sql: `alter table ${quote(table)} add ${uniqueClause(unique)}`,
    inverse: `alter table ${quote(table)} drop key ${quote(unique.name ?? '')}`,
    precheck: null,
    lock: inPlace,
    idempotenceProbe: indexProbe(table, unique.name ?? ''),
    makes: [made('unique', table, unique)],
  }
}

export function addForeignKey(table: string, foreignKey: ForeignKeyShape): RenderedStep {
  return {
    phase: 'foreignKey',
    sql: `alter table ${quote(table)} add ${foreignKeyClause(foreignKey, quote)}`,
    inverse: `alter table ${quote(table)} drop foreign key ${quote(foreignKey.name ?? '')}`,
    precheck: null,
    lock: copied,
    idempotenceProbe: constraintProbe(table, foreignKey.name ?? ''),
    makes: [made('foreignKey', table, foreignKey)],
  }
}

function addCheck(table: string, check: CheckShape): RenderedStep {
  return {
    phase: 'constraint',
    sql: `alter table ${quote(table)} add ${checkClause(check)}`,
    inverse: `alter table ${quote(table)} drop constraint ${quote(check.name ?? '')}`,
    precheck: null,
    lock: copied,
    idempotenceProbe: constraintProbe(table, check.name ?? ''),
    makes: [made('check', table, check)],
  }
}

function indexProbe(table: string, name: string): Query {
  return {
    sql:
      'select count(*) as applied from information_schema.statistics ' +
      'where table_schema = database() and table_name = ? and index_name = ?',
    parameters: [table, name],
  }
}

function constraintProbe(table: string, name: string): Query {
  return {
    sql:
      'select count(*) as applied from information_schema.table_constraints ' +
      'where table_schema = database() and table_name = ? and constraint_name = ?',
    parameters: [table, name],
  }
}
