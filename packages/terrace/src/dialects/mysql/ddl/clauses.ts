import {
  constraintName,
  foreignKeyClause as standardForeignKey,
  quotedList,
  type CheckShape,
  type ColumnShape,
  type ForeignKeyShape,
  type IndexColumnShape,
  type IndexShape,
  type TableShape,
  type UniqueShape,
} from '../../../schema/index.ts'
import { invisibleSuffix } from '../catalogue/read-column.ts'
import { quoteName as quote, quoteText, type SchemaFlavour } from '../schema-flavour.ts'

/** Everything in one statement, which is all or nothing: a start that is killed finds the table or does not. */
export function createTableSql(table: TableShape, flavour: SchemaFlavour): string {
  const { name, options, comment, columns, primaryKey, uniques, indexes, foreignKeys, checks } = table
  const parts = [
    ...columns.map((column) => columnClause(column, table, flavour)),
    ...(primaryKey === null ? [] : [primaryKeyClause(primaryKey)]),
    ...uniques.map((unique) => uniqueClause(unique, table)),
    ...indexes.map((index) => indexClause(index, flavour)),
    ...foreignKeys.map(foreignKeyClause),
    ...checks.filter((check) => !isOfColumn(check)).map(checkClause),
  ]
  const tail = [
    `engine=${options['engine'] ?? 'InnoDB'}`,
    collationClause(options['collation'] ?? flavour.collation),
    ...(comment === null || comment === '' ? [] : [`comment=${quoteText(comment)}`]),
  ]
  return `create table ${quote(name)} (\n  ${parts.join(',\n  ')}\n) ${tail.join(' ')}`
}

/** `utf8mb4_bin` is a collation of utf8mb4; `binary` is both. */
export function charsetOf(collation: string): string {
  return collation.split('_')[0] ?? collation
}

/** Of a table: what columns get that say nothing. Those that are there keep theirs. */
export function collationClause(collation: string): string {
  return `default character set ${charsetOf(collation)} collate ${collation}`
}

/** Everything that there is to say of a column: MODIFY forgets what is left away. */
export function columnClause(column: ColumnShape, table: TableShape, flavour: SchemaFlavour): string {
  const { name, nullable, default: fallback, identity, collation, generated, comment } = column
  const isInvisible = column.type.endsWith(invisibleSuffix)
  const type = isInvisible ? column.type.slice(0, -invisibleSuffix.length) : column.type
  const head = [quote(name), type, ...(collation === null ? [] : [`collate ${collation}`])]
  const tail = [
    ...(comment === null || comment === '' ? [] : [`comment ${quoteText(comment)}`]),
    ...table.checks.filter((check) => columnOf(check, table) === name).map(({ expression }) => `check (${expression})`),
  ]
  if (generated !== null) {
    const way = [
      `generated always as (${generated.expression})`,
      generated.stored ? 'stored' : 'virtual',
      // MariaDB takes no NOT NULL there.
      ...(nullable || flavour.isMariaDb ? [] : ['not null']),
      ...(generated.invisible ? ['invisible'] : []),
    ]
    return [...head, ...way, ...tail].join(' ')
  }
  return [
    ...head,
    // Written out: a timestamp without it could be NOT NULL by the server's settings.
    nullable ? 'null' : 'not null',
    ...(isInvisible ? ['invisible'] : []),
    ...(fallback === null ? [] : [fallback.startsWith('on update') ? fallback : `default ${fallback}`]),
    ...(identity === null ? [] : ['auto_increment']),
    ...tail,
  ].join(' ')
}

/** A check that is a clause of its column; see `readCheck`. */
export function isOfColumn({ definition }: CheckShape): boolean {
  return definition !== undefined
}

/** The column whose clause a check is, which its `definition` names; null for a check of the table. */
export function columnOf({ definition, expression }: CheckShape, { columns }: TableShape): string | null {
  if (definition === undefined) return null
  const named = columns.filter(({ name }) => expression.includes(quote(name)))
  // A column that was renamed is still called by its former name there.
  return (named.find(({ name }) => name === definition) ?? named[0])?.name ?? null
}

export function primaryKeyClause({ columns }: { readonly columns: readonly string[] }): string {
  return `primary key (${quotedList(columns, quote)})`
}

export function uniqueClause({ name, columns }: UniqueShape, table: TableShape): string {
  return `unique key ${quote(name ?? '')} (${columns.map((column) => uniquePart(column, table)).join(', ')})`
}

/** `name`, and as read-keys.ts writes them: `name(10)`, `name desc`, `(lower(name))`. */
function uniquePart(text: string, { columns }: TableShape): string {
  if (text.startsWith('(') || columns.some(({ name }) => name === text))
    return text.startsWith('(') ? text : quote(text)
  const parts = /^(.*?)(\(\d+\))?( desc)?$/s.exec(text)
  return `${quote(parts?.[1] ?? text)}${parts?.[2] ?? ''}${parts?.[3] ?? ''}`
}

const kindsOfIndexes = new Set(['fulltext', 'spatial'])

export function indexClause(index: IndexShape, { isMariaDb }: SchemaFlavour): string {
  const { name, columns, method, valid, definition: comment } = index
  const kind = kindsOfIndexes.has(method) ? `${method} ` : ''
  const using = kind === '' && method !== 'btree' && method !== '' ? [`using ${method}`] : []
  const tail = [
    ...using,
    ...(comment === undefined ? [] : [`comment ${quoteText(comment)}`]),
    ...(valid ? [] : [isMariaDb ? 'ignored' : 'invisible']),
  ]
  return [`${kind}key ${quote(name)} (${columns.map(indexPart).join(', ')})`, ...tail].join(' ')
}

function indexPart({ name, suffix, direction }: IndexColumnShape): string {
  return `${name.startsWith('(') ? name : quote(name)}${suffix}${direction === 'desc' ? ' desc' : ''}`
}

export function checkClause({ name, expression, enforced }: CheckShape): string {
  return `${constraintName(name, quote)}check (${expression})${enforced ? '' : ' not enforced'}`
}

export function foreignKeyClause(foreignKey: ForeignKeyShape): string {
  return standardForeignKey(foreignKey, quote)
}

/** The name of the index that the server makes for a foreign key where none serves it. */
export function impliedIndexName({ name, columns, definition }: ForeignKeyShape): string {
  return definition ?? name ?? columns[0] ?? ''
}
