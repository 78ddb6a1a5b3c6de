import type { CheckShape, ColumnShape, Query } from '../../../schema/index.ts'

/**
 * A condition over the catalogue. Tables go by their names as the server tells them apart; of what is in them, names are
 * compared byte by byte, as the catalogue's own comparison knows no case.
 */
export interface Fact {
  readonly sql: string
  readonly parameters: readonly unknown[]
}

/** Answers `applied` 1 where all facts hold. */
export function probe(...facts: readonly Fact[]): Query {
  return {
    sql: `select ${facts.map(({ sql }) => sql).join(' and ')} as applied`,
    parameters: facts.flatMap(({ parameters }) => parameters),
  }
}

export function not({ sql, parameters }: Fact): Fact {
  return { sql: `not ${sql}`, parameters }
}

export function tableExists(table: string): Fact {
  return rows('tables', { table, where: '', parameters: [] })
}

export function tableHasComment(table: string, ending: string): Fact {
  return rows('tables', {
    table,
    where: ` and ${bytes('right(table_comment, char_length(?))')}`,
    parameters: [ending, ending],
  })
}

export function tableHasOptions(table: string, { engine, collation, comment }: Record<string, string | null>): Fact {
  const given = [
    ['engine', engine],
    ['table_collation', collation],
    ['table_comment', comment],
  ].filter((pair): pair is [string, string] => typeof pair[1] === 'string')
  return rows('tables', {
    table,
    where: given.map(([name]) => ` and ${bytes(name)}`).join(''),
    parameters: given.map(([, value]) => value),
  })
}

export function columnExists(table: string, column: string): Fact {
  return rows('columns', { table, where: ` and ${bytes('column_name')}`, parameters: [column] })
}

/** By its place, which a rename keeps: names alone do not tell a swap that was done from one that was not. From 1. */
export function columnIsAt(table: string, column: string, position: number): Fact {
  const where = ` and ${bytes('column_name')} and ordinal_position = ?`
  return rows('columns', { table, where, parameters: [column, position] })
}

type Condition = readonly [differs: boolean, sql: string, parameters: readonly unknown[]]

/**
 * What the catalogue says of a column in those words that every server writes alike. A default and an expression, which it
 * prints in its own way, are asked for only where nothing else differs, and then only whether they are what they were.
 */
export function columnIs(table: string, wanted: ColumnShape, live: ColumnShape): Fact {
  const definite = definiteConditions(wanted, live).filter(([differs]) => differs)
  // Who asks for no collation gets the table's.
  const isTold = definite.length > 0 || (wanted.collation === null && live.collation !== null)
  const conditions = isTold ? definite : printedConditions(wanted, live).filter(([differs]) => differs)
  return rows('columns', {
    table,
    where: [bytes('column_name'), ...conditions.map(([, sql]) => sql)].map((sql) => ` and ${sql}`).join(''),
    parameters: [wanted.name, ...conditions.flatMap(([, , parameters]) => parameters)],
  })
}

function definiteConditions(wanted: ColumnShape, live: ColumnShape): readonly Condition[] {
  const isStored = wanted.generated?.stored ? 1 : 0
  const isGenerated = wanted.generated === null ? 0 : 1
  return [
    [
      live.type !== wanted.type,
      `cast(${withoutWidth('column_type')} as binary) in (cast(? as binary), cast(? as binary))`,
      storedTypes(wanted.type),
    ],
    [live.nullable !== wanted.nullable, 'is_nullable = ?', [wanted.nullable ? 'YES' : 'NO']],
    [live.collation !== wanted.collation && wanted.collation !== null, bytes('collation_name'), [wanted.collation]],
    [live.comment !== wanted.comment && wanted.comment !== null, bytes('column_comment'), [wanted.comment]],
    [live.identity !== wanted.identity, `(extra like '%auto_increment%') = ?`, [wanted.identity === null ? 0 : 1]],
    [(live.generated?.stored === true) !== (isStored === 1), `(extra like '%stored%') = ?`, [isStored]],
    [
      (live.generated === null) !== (wanted.generated === null),
      `(coalesce(generation_expression, '') <> '') = ?`,
      [isGenerated],
    ],
  ]
}

function printedConditions(wanted: ColumnShape, live: ColumnShape): readonly Condition[] {
  const [expression = 'NULL', before = 'NULL'] = [wanted.generated?.expression, live.generated?.expression]
  return [
    [expression !== before, `not (${optional('generation_expression')})`, [before]],
    [live.default !== wanted.default, `not (${optional('column_default')})`, [live.default ?? 'NULL']],
  ]
}

function withoutWidth(type: string): string {
  return `regexp_replace(${type}, '^((tiny|small|medium|big)?int)[(][0-9]+[)]', '\\\\1')`
}

/** MariaDB's json is a longtext. */
function storedTypes(type: string): readonly [string, string] {
  const plain = type.replace(/ invisible$/, '').replace(/^((?:tiny|small|medium|big)?int)\(\d+\)/, '$1')
  return [plain, plain === 'json' ? 'longtext' : plain]
}

/** Of a primary key, a unique key or an index: the columns too, where a name is used again. */
export function keyIs(table: string, name: string, columns: readonly string[]): Fact {
  const parts = columns.map((column) => column.replace(/(?:\(\d+\))?(?: desc)?$/, ''))
  return {
    sql:
      `((select cast(group_concat(coalesce(column_name, '(') order by seq_in_index separator '\\0') as binary) from information_schema.statistics ` +
      `where table_schema = database() and table_name = ? and ${bytes('index_name')}) <=> cast(? as binary))`,
    parameters: [table, name, parts.map((part) => (part.startsWith('(') ? '(' : part)).join('\0')],
  }
}

export function keyExists(table: string, name: string): Fact {
  return rows('statistics', { table, where: ` and ${bytes('index_name')}`, parameters: [name] })
}

/** A foreign key or a check. */
export function constraintExists(table: string, name: string): Fact {
  return rows('table_constraints', { table, where: ` and ${bytes('constraint_name')}`, parameters: [name] })
}

/** That a check's name no longer stands for what it was. */
export function checkIsNoLonger(table: string, { name, expression }: CheckShape): Fact {
  return {
    sql:
      '(exists (select 1 from information_schema.table_constraints t join information_schema.check_constraints c ' +
      'on c.constraint_schema = t.constraint_schema and c.constraint_name = t.constraint_name ' +
      `where t.table_schema = database() and t.table_name = ? and ${bytes('t.constraint_name')} and not ${bytes('c.check_clause')}))`,
    parameters: [table, name, expression],
  }
}

/** What has no value says `NULL` in one catalogue and nothing in another. */
function optional(column: string): string {
  return bytes(`coalesce(${column}, 'NULL')`)
}

/**
 * Texts of the catalogue and of a statement may have no collation in common; the catalogue writes `?` for what is outside of
 * the basic multilingual plane.
 */
function bytes(column: string): string {
  return `cast(${column} as binary) = cast(convert(? using utf8mb3) as binary)`
}

interface Where {
  readonly table: string
  readonly where: string
  readonly parameters: readonly unknown[]
}

function rows(view: string, { table, where, parameters }: Where): Fact {
  return {
    sql: `(exists (select 1 from information_schema.${view} where table_schema = database() and table_name = ?${where}))`,
    parameters: [table, ...parameters],
  }
}
