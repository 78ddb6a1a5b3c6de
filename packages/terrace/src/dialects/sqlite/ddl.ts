import {
  constraintName,
  doubleQuoteName,
  duplicatesPrecheck,
  foreignKeyClause,
  indexColumnList,
  pathsOf,
  quotedList,
  referencesClause,
  type ChangeOf,
  type ChangeRenderer,
  type ColumnShape,
  type IndexShape,
  type ObjectPath,
  type Query,
  type Rendered,
  type RenderedStep,
  type TableShape,
  type UniqueShape,
} from '../../schema/index.ts'

const quote = doubleQuoteName
const ownLock = { blocks: 'writes', work: 'none' } as const

/** What SQLite changes without rebuilding a table. */
export const render: ChangeRenderer = {
  createTable: ({ wanted }) => ({ kind: 'steps', steps: createTable(wanted) }),
  addColumn,
  addIndex: ({ wanted, table }) => ({ kind: 'steps', steps: [createIndex(table.wanted, wanted)] }),
  addUnique: ({ wanted, table }) => ({
    kind: 'steps',
    steps: [
      {
        ...createUniqueIndex(table.wanted, wanted),
        precheck: duplicatesPrecheck(table, wanted, { quoteName: quote, valueWhenAdded }),
      },
    ],
  }),
  addForeignKey: () => needsRebuild('a foreign key'),
  addCheck: () => needsRebuild('a CHECK'),
}

function needsRebuild(what: string): Rendered {
  return {
    kind: 'refused',
    reason: `SQLite adds ${what} to an existing table only by rebuilding it`,
    remedy: `${rebuildByHand}, or start from an empty file`,
  }
}

function valueWhenAdded({ default: fallback }: ColumnShape): string {
  return fallback ?? 'null'
}

function createTable(table: TableShape): readonly RenderedStep[] {
  const unconditional = table.uniques.filter(({ where }) => where === null)
  const conditional = table.uniques.filter(({ where }) => where !== null)
  const create: RenderedStep = {
    phase: 'table',
    sql: createTableSql(table, unconditional),
    inverse: `drop table ${quote(table.name)}`,
    precheck: null,
    lock: ownLock,
    idempotenceProbe: objectProbe(table.name),
    makes: pathsOf({ ...table, uniques: unconditional, indexes: [] }),
  }
  return [
    create,
    ...conditional.map((unique) => createUniqueIndex(table, unique)),
    ...table.indexes.map((index) => createIndex(table, index)),
  ]
}

function createTableSql(table: TableShape, uniques: readonly UniqueShape[]): string {
  return `create table ${quote(table.name)} (\n  ${tableParts(table, uniques).join(',\n  ')}\n)${tableSuffix(table)}`
}

function tableSuffix({ options }: TableShape): string {
  return options['strict'] === 'yes' ? ' strict' : ''
}

function tableParts(table: TableShape, uniques: readonly UniqueShape[]): readonly string[] {
  const numbered = table.columns.find(({ identity }) => identity)
  const { primaryKey } = table
  return [
    ...table.columns.map((column) => columnClause(column, column === numbered ? primaryKeyClause(table) : '')),
    ...(primaryKey === null || numbered !== undefined
      ? []
      : [`${constraintName(primaryKey.name, quote)}primary key (${quotedList(primaryKey.columns, quote)})`]),
    ...uniques.map(({ name, columns }) => `${constraintName(name, quote)}unique (${quotedList(columns, quote)})`),
    ...table.foreignKeys.map((foreignKey) => foreignKeyClause(foreignKey, quote)),
    ...table.checks.map(({ name, expression }) => `${constraintName(name, quote)}check (${expression})`),
  ]
}

/** AUTOINCREMENT stands on the column alone, and never hands out the number of a deleted row again. */
function primaryKeyClause({ primaryKey }: TableShape): string {
  return ` ${constraintName(primaryKey?.name ?? null, quote)}primary key autoincrement`
}

function columnClause({ name, type, nullable, default: fallback }: ColumnShape, key = ''): string {
  const value = fallback === null ? '' : ` default ${fallback}`
  return `${quote(name)} ${type}${nullable ? '' : ' not null'}${value}${key}`
}

function addColumn({ table, wanted, checks, foreignKeys }: ChangeOf<'addColumn'>): Rendered {
  if (wanted.identity) return needsRebuild('a numbered key')
  if (foreignKeys.length > 0 && wanted.default !== null) return needsRebuild('a reference with a default')
  const rules = [
    ...foreignKeys.map(
      (foreignKey) => ` ${constraintName(foreignKey.name, quote)}${referencesClause(foreignKey, quote)}`,
    ),
    ...checks.map(({ name, expression }) => ` ${constraintName(name, quote)}check (${expression})`),
  ]
  const name = table.wanted.name
  const path = (object: { readonly name: string | null }): string => `${name}.${object.name ?? ''}`
  const makes: readonly ObjectPath[] = [
    { kind: 'column', path: path(wanted) },
    ...foreignKeys.map((key): ObjectPath => ({ kind: 'foreignKey', path: path(key) })),
    ...checks.map((check): ObjectPath => ({ kind: 'check', path: path(check) })),
  ]
  const step: RenderedStep = {
    phase: 'column',
    sql: `alter table ${quote(name)} add column ${columnClause(wanted)}${rules.join('')}`,
    // SQLite drops no column that a foreign key uses.
    inverse: foreignKeys.length > 0 ? null : `alter table ${quote(name)} drop column ${quote(wanted.name)}`,
    precheck: isConstant(wanted.default)
      ? null
      : {
          sql: `select count(*) as offending from ${quote(name)}`,
          parameters: [],
          offending: 'rows, and SQLite adds a column with a default that is no constant to an empty table only',
          remedy: rebuildRemedy(table),
        },
    lock: { blocks: 'writes', work: checks.length > 0 ? 'scan' : 'none' },
    idempotenceProbe: {
      sql: 'select count(*) as applied from pragma_table_xinfo(?) where name = ?',
      parameters: [name, wanted.name],
    },
    makes,
  }
  return { kind: 'steps', steps: [step] }
}

/** We write every default that is not a literal in parentheses, as SQLite requires. */
function isConstant(fallback: string | null): boolean {
  return fallback === null || !fallback.startsWith('(')
}

export function createIndex(table: TableShape, { name, columns }: IndexShape): RenderedStep {
  const sql = `create index ${quote(name)} on ${quote(table.name)} (${indexColumnList(columns, quote)})`
  return indexStep(table.name, { kind: 'index', name }, sql)
}

export function createUniqueIndex(table: TableShape, { name, columns, where }: UniqueShape): RenderedStep {
  const index = name ?? ''
  const condition = where === null ? '' : ` where ${where}`
  const sql = `create unique index ${quote(index)} on ${quote(table.name)} (${quotedList(columns, quote)})${condition}`
  return indexStep(table.name, { kind: 'unique', name: index }, sql)
}

interface IndexName {
  readonly kind: 'index' | 'unique'
  readonly name: string
}

function indexStep(table: string, { kind, name }: IndexName, sql: string): RenderedStep {
  return {
    phase: kind === 'unique' ? 'constraint' : 'index',
    sql,
    inverse: `drop index ${quote(name)}`,
    precheck: null,
    lock: { blocks: 'writes', work: 'scan' },
    idempotenceProbe: objectProbe(name),
    makes: [{ kind, path: `${table}.${name}` }],
  }
}

function objectProbe(name: string): Query {
  return { sql: 'select count(*) as applied from sqlite_schema where name = ?', parameters: [name] }
}

/** SQLite alters next to nothing in place. */
export const rebuildByHand = 'Rebuild the table by hand (sqlite.org/lang_altertable.html, section 7)'

/** The rebuild with its statements, where the models know all that the table has; triggers and views they do not. */
function rebuildRemedy({ live, wanted }: ChangeOf<'addColumn'>['table']): string {
  const kept = live.columns.filter(({ name }) => wanted.columns.some((column) => column.name === name))
  const isNumbered = wanted.columns.some(({ identity }) => identity)
  if (isNumbered || kept.length < live.columns.length) return rebuildByHand
  const unconditional = wanted.uniques.filter(({ where }) => where === null)
  const names = quotedList(
    kept.map(({ name }) => name),
    quote,
  )
  const rebuilt = quote(`${wanted.name}_rebuilt`)
  const statements = [
    'pragma foreign_keys = off',
    'begin immediate',
    `create table ${rebuilt} (${tableParts(wanted, unconditional).join(', ')})${tableSuffix(wanted)}`,
    `insert into ${rebuilt} (${names}) select ${names} from ${quote(wanted.name)}`,
    `drop table ${quote(wanted.name)}`,
    `alter table ${rebuilt} rename to ${quote(wanted.name)}`,
    ...wanted.uniques.filter(({ where }) => where !== null).map((unique) => createUniqueIndex(wanted, unique).sql),
    ...wanted.indexes.map((index) => createIndex(wanted, index).sql),
    'commit',
    'pragma foreign_keys = on',
  ]
  const warning = 'which drops its triggers and gives the rows the default, stopping at the first error (sqlite3 -bail)'
  return `${rebuildByHand}, ${warning}. By hand: ${statements.join('; ')}`
}
