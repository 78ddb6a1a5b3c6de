import {
  constraintName,
  deferrableClause,
  doubleQuoteName as quote,
  foreignKeyClause,
  indexColumnList,
  quoteText,
  quotedList,
  type CheckShape,
  type ColumnShape,
  type ForeignKeyShape,
  type IndexShape,
  type PrimaryKeyShape,
  type TableShape,
  type UniqueShape,
} from '../../../schema/index.ts'

const serials: Readonly<Record<string, string>> = { smallint: 'smallserial', integer: 'serial', bigint: 'bigserial' }

/** `"name" character varying(100) collate "C" not null default 'x'` */
export function columnClause(column: ColumnShape): string {
  const { name, nullable, default: fallback, identity } = column
  return [
    quote(name),
    typeClause(column),
    ...(column.generated === null ? [] : [generatedClause(column.generated)]),
    ...(nullable ? [] : ['not null']),
    ...(fallback === null || column.generated !== null ? [] : [`default ${fallback}`]),
    ...(identity === null || identity === 'serial' ? [] : [identityClause(identity)]),
  ].join(' ')
}

function typeClause({ type, collation, identity }: ColumnShape): string {
  const name = identity === 'serial' ? (serials[type] ?? type) : type
  return `${name}${collation === null ? '' : ` collate ${quote(collation)}`}`
}

/** Only a stored one may be left unsaid how it is kept, and that until PostgreSQL 17. */
function generatedClause({ expression, stored }: NonNullable<ColumnShape['generated']>): string {
  return `generated always as (${expression}) ${stored ? 'stored' : 'virtual'}`
}

export function identityClause(identity: 'byDefault' | 'always'): string {
  return `generated ${identity === 'always' ? 'always' : 'by default'} as identity`
}

export function primaryKeyClause({ name, columns }: PrimaryKeyShape): string {
  return `${constraintName(name, quote)}primary key (${quotedList(columns, quote)})`
}

export function uniqueClause({ name, columns, include, nullsDistinct, deferrable }: UniqueShape): string {
  const nulls = nullsDistinct ? '' : ' nulls not distinct'
  return `${constraintName(name, quote)}unique${nulls} (${quotedList(columns, quote)})${includeClause(include)}${deferrableClause(deferrable)}`
}

function includeClause(columns: readonly string[]): string {
  return columns.length === 0 ? '' : ` include (${quotedList(columns, quote)})`
}

export function checkClause({ name, expression }: CheckShape): string {
  return `${constraintName(name, quote)}check (${expression})`
}

export function keyClause(foreignKey: ForeignKeyShape): string {
  return foreignKeyClause(foreignKey, quote)
}

export interface Building {
  readonly online?: boolean
}

export function createUniqueIndex(table: string, unique: UniqueShape, { online = false }: Building = {}): string {
  const { name, columns, include, nullsDistinct, where } = unique
  const list = columns.map((column) => (column.startsWith('(') ? column : quote(column))).join(', ')
  return (
    `create unique index${online ? ' concurrently' : ''} ${quote(name ?? '')} on ${quote(table)} (${list})` +
    `${includeClause(include)}${nullsDistinct ? '' : ' nulls not distinct'}${whereClause(where)}`
  )
}

export function createIndex(table: string, index: IndexShape, { online = false }: Building = {}): string {
  const { name, columns, include, method, where } = index
  const using = method === 'btree' ? '' : ` using ${method}`
  return (
    `create index${online ? ' concurrently' : ''} ${quote(name)} on ${quote(table)}${using} ` +
    `(${indexColumnList(columns, quote)})${includeClause(include)}${whereClause(where)}`
  )
}

function whereClause(where: string | null): string {
  return where === null ? '' : ` where ${where}`
}

export function tableComment(table: string, comment: string): string {
  return `comment on table ${quote(table)} is ${comment === '' ? 'null' : quoteText(comment)}`
}

export function columnComment(table: string, column: string, comment: string): string {
  return `comment on column ${quote(table)}.${quote(column)} is ${comment === '' ? 'null' : quoteText(comment)}`
}

/** Of a table that was just made. */
export function commentsOf({ name, comment, columns }: TableShape): readonly string[] {
  return [
    ...(comment === null || comment === '' ? [] : [tableComment(name, comment)]),
    ...columns.flatMap((column) =>
      column.comment === null || column.comment === '' ? [] : [columnComment(name, column.name, column.comment)],
    ),
  ]
}
