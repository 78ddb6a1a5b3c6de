import type {
  ForeignKeyShape,
  IndexColumnShape,
  IndexShape,
  PrimaryKeyShape,
  ReferentialAction,
  UniqueShape,
} from '../../../schema/index.ts'
import type { SchemaFlavour } from '../schema-flavour.ts'
import type { ForeignKeyRow, IndexRow } from './catalogue-queries.ts'
import { printedExpression } from './read-column.ts'

export interface Keys {
  readonly primaryKey: PrimaryKeyShape | null
  readonly uniques: readonly UniqueShape[]
  readonly indexes: readonly IndexShape[]
  readonly foreignKeys: readonly ForeignKeyShape[]
}

type KeyRows = readonly IndexRow[]

/** The keys of one table. An index that the server has made for a foreign key stands in that key's `definition` alone. */
export function readKeys(rows: KeyRows, keys: readonly ForeignKeyRow[], flavour: SchemaFlavour): Keys {
  const byName = Map.groupBy(rows, ({ name }) => name)
  const primary = byName.get('PRIMARY')
  const others = [...byName.values()].filter((parts) => parts !== primary)
  const implied = new Map<string, string>()
  const visible = others.filter((parts) => !isUnique(parts)).map((parts) => readIndex(parts, flavour))
  const foreignKeys = [...Map.groupBy(keys, ({ name }) => name).values()].flatMap(readForeignKey)
  for (const foreignKey of foreignKeys) {
    const index = visible.find((each) => isImplied(each, foreignKey))
    if (index !== undefined && ![...implied.values()].includes(index.name))
      implied.set(foreignKey.name ?? '', index.name)
  }
  const hidden = new Set(implied.values())
  return {
    primaryKey:
      primary === undefined
        ? null
        : { name: null, columns: primary.map((part) => keyPart(part, flavour)), source: null },
    uniques: others.filter(isUnique).map((parts) => readUnique(parts, flavour)),
    indexes: visible.filter(({ name }) => !hidden.has(name)),
    foreignKeys: foreignKeys.map((key) => withIndex(key, implied.get(key.name ?? ''))),
  }
}

function isUnique([first]: KeyRows): boolean {
  return Number(first?.nonUnique) === 0
}

/**
 * Of the key's own name, or of its first column's where the key has no name of its own.
 * Source: MySQL 8.4 manual, "FOREIGN KEY Constraints"; MariaDB knowledge base, "Foreign Keys".
 */
function isImplied({ name, columns }: IndexShape, foreignKey: ForeignKeyShape): boolean {
  const isPlain = columns.every(({ suffix, direction }) => suffix === '' && direction === 'asc')
  const isSame = columns.map((column) => column.name).join('\0') === foreignKey.columns.join('\0')
  if (!isPlain || !isSame) return false
  return name === foreignKey.name || (name === foreignKey.columns[0] && /_ibfk_\d+$/.test(foreignKey.name ?? ''))
}

function withIndex(foreignKey: ForeignKeyShape, index: string | undefined): ForeignKeyShape {
  return index === undefined ? foreignKey : { ...foreignKey, definition: index }
}

/** A unique rule names its columns; a prefix, an order and an expression are written with them as the server writes them. */
function readUnique(parts: KeyRows, flavour: SchemaFlavour): UniqueShape {
  return {
    name: parts[0]?.name ?? null,
    columns: parts.map((part) => keyPart(part, flavour)),
    where: null,
    nullsDistinct: true,
    heldBy: 'constraint',
    include: [],
    deferrable: 'no',
    enforced: true,
    source: null,
  }
}

function keyPart(part: IndexRow, flavour: SchemaFlavour): string {
  const { name, suffix, direction } = indexColumn(part, flavour)
  return `${name}${suffix}${direction === 'desc' ? ' desc' : ''}`
}

function readIndex(parts: KeyRows, flavour: SchemaFlavour): IndexShape {
  const [first] = parts
  const comment = first?.comment ?? ''
  return {
    name: first?.name ?? '',
    columns: parts.map((part) => indexColumn(part, flavour)),
    where: null,
    include: [],
    method: (first?.method ?? '').toLowerCase(),
    valid: first?.ignored !== 'YES',
    source: null,
    ...(comment === '' ? {} : { definition: comment }),
  }
}

function indexColumn(
  { column, length, direction, expression, method }: IndexRow,
  flavour: SchemaFlavour,
): IndexColumnShape {
  // The catalogue tells the size of a rectangle as a length, which nobody may write.
  const isPrefix = length !== null && method !== 'SPATIAL'
  return {
    name: column ?? `(${printedExpression(expression ?? '', flavour)})`,
    suffix: isPrefix ? `(${length})` : '',
    direction: direction === 'D' ? 'desc' : 'asc',
    nulls: null,
  }
}

const actions: Readonly<Record<string, ReferentialAction>> = {
  'NO ACTION': 'noAction',
  // The same thing here.
  RESTRICT: 'noAction',
  CASCADE: 'cascade',
  'SET NULL': 'setNull',
  'SET DEFAULT': 'setDefault',
}

function readForeignKey(rows: readonly ForeignKeyRow[]): readonly ForeignKeyShape[] {
  const [first] = rows
  if (first === undefined) return []
  return [
    {
      name: first.name,
      columns: rows.map(({ column }) => column),
      targetTable: first.target,
      targetColumns: rows.map(({ targetColumn }) => targetColumn),
      onDelete: actions[first.onDelete] ?? 'noAction',
      onUpdate: actions[first.onUpdate] ?? 'noAction',
      deferrable: 'no',
      enforced: true,
      source: null,
    },
  ]
}
