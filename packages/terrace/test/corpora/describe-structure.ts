import type {
  CheckShape,
  ColumnShape,
  ForeignKeyShape,
  IndexShape,
  LiveStructure,
  OpaqueObject,
  TableShape,
  UniqueShape,
} from '../../src/schema/index.ts'

/** How everything in a database is read: one line for each object, tables first, then what is opaque and why. */
export function describeStructure({ snapshot, opaque }: LiveStructure): string {
  const tables = Object.values(snapshot.tables).map(tableText)
  const objects = opaque
    .map(opaqueLine)
    .toSorted()
    .map((line) => `  ${line}`)
  return `${[...tables, ['what is opaque', ...objects].join('\n')].join('\n\n')}\n`
}

function tableText(table: TableShape): string {
  const options = Object.entries(table.options).map(([name, value]) => `${name} ${value}`)
  const key = table.primaryKey
  const lines = [
    ...table.columns.map(columnLine),
    ...(key === null ? [] : [`primary key ${named(key.name)}(${key.columns.join(', ')})`]),
    ...table.uniques.map(uniqueLine),
    ...table.indexes.map(indexLine),
    ...table.foreignKeys.map(foreignKeyLine),
    ...table.checks.map(checkLine),
  ]
  const head = [`table ${table.name}`, ...options, ...commented(table.comment)].join(', ')
  return [head, ...lines.map((line) => `  ${line}`)].join('\n')
}

function named(name: string | null): string {
  return name === null ? '' : `${name} `
}

function commented(comment: string | null): readonly string[] {
  return comment === null || comment === '' ? [] : [`comment '${comment}'`]
}

function columnLine(column: ColumnShape): string {
  const { name, type, nullable, generated, identity, collation, comment, isOpaque } = column
  const stored = generated?.stored === true ? 'stored' : 'virtual'
  return [
    `column ${name} ${type}`,
    ...(nullable ? [] : ['not null']),
    ...(column.default === null ? [] : [`default ${column.default}`]),
    ...(generated === null ? [] : [`as (${generated.expression}) ${stored}`]),
    ...(identity === null ? [] : [`numbered ${identity}`]),
    ...(collation === null ? [] : [`collate ${collation}`]),
    ...commented(comment),
    ...(isOpaque ? ['native'] : []),
  ].join(' ')
}

function uniqueLine({
  name,
  columns,
  where,
  nullsDistinct,
  heldBy,
  include,
  deferrable,
  enforced,
}: UniqueShape): string {
  return [
    `unique ${named(name)}(${columns.join(', ')})`,
    ...(where === null ? [] : [`where ${where}`]),
    ...(nullsDistinct ? [] : ['nulls not distinct']),
    ...(heldBy === 'index' ? ['by an index'] : []),
    ...(include.length === 0 ? [] : [`include (${include.join(', ')})`]),
    ...(deferrable === 'no' ? [] : [deferrable]),
    ...(enforced ? [] : ['not enforced']),
  ].join(' ')
}

function indexLine({ name, columns, where, include, method, valid }: IndexShape): string {
  const keys = columns.map((column) =>
    [column.name, column.suffix, column.direction === 'desc' ? 'desc' : '', nullsText(column.nulls, column.direction)]
      .filter((word) => word !== '')
      .join(' '),
  )
  return [
    `index ${name} ${method} (${keys.join(', ')})`,
    ...(where === null ? [] : [`where ${where}`]),
    ...(include.length === 0 ? [] : [`include (${include.join(', ')})`]),
    ...(valid ? [] : ['invalid']),
  ].join(' ')
}

/** Only where they do not stand as the direction has them by itself. */
function nullsText(nulls: IndexShape['columns'][number]['nulls'], direction: 'asc' | 'desc'): string {
  return nulls === null || (nulls === 'last') === (direction === 'asc') ? '' : `nulls ${nulls}`
}

function foreignKeyLine(key: ForeignKeyShape): string {
  const { name, columns, targetTable, targetColumns, onDelete, onUpdate, deferrable, enforced } = key
  return [
    `foreign key ${named(name)}(${columns.join(', ')}) to ${targetTable} (${targetColumns.join(', ')})`,
    `on delete ${onDelete} on update ${onUpdate}`,
    ...(deferrable === 'no' ? [] : [deferrable]),
    ...(enforced ? [] : ['not enforced']),
  ].join(' ')
}

function checkLine({ name, expression, enforced }: CheckShape): string {
  return `check ${named(name)}${expression}${enforced ? '' : ' not enforced'}`
}

const reasons: Readonly<Record<OpaqueObject['kind'], string>> = {
  view: 'a query of its own language',
  materializedView: 'a query of its own language',
  foreignTable: 'its rows are elsewhere',
  partitionedTable: 'models declare no partitions',
  partition: 'it belongs to another table',
  virtualTable: 'a module of the engine keeps its rows',
  shadowTable: 'it belongs to a virtual table',
  unreadableTable: 'its text could not be read',
  trigger: 'code of the engine',
  sequence: 'it belongs to no column',
  enum: 'a native type',
  domain: 'a native type',
  routine: 'code of the engine',
  index: 'models declare no such index',
  constraint: 'models declare no such constraint',
  policy: 'models declare no policies',
  rule: 'it rewrites statements',
  extensionObject: 'it belongs to an extension',
}

function opaqueLine({ kind, name, table, definition, uses }: OpaqueObject): string {
  return [
    `${kind} ${name}`,
    ...(table === null ? [] : [`on ${table}`]),
    ...(uses.length === 0 ? [] : [`uses ${uses.toSorted().join(', ')}`]),
    definition === null ? 'without a text' : 'with its text',
    `because: ${reasons[kind]}`,
  ].join(', ')
}
