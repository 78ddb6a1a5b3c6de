import {
  columnsIn,
  targetOf,
  type Change,
  type ChangeOf,
  type CheckShape,
  type ForeignKeyShape,
  type IndexShape,
  type StructureRenderer,
  type TableShape,
  type UniqueShape,
} from '../../../schema/index.ts'
import type { SchemaFlavour } from '../schema-flavour.ts'
import { bytesInKey, bytesInRow, columnsPerTable, keyBytes, nameLength, rowBytes } from './table-size.ts'

type Limit = ReturnType<StructureRenderer['limits']>

/** What a change asks for that MySQL and MariaDB cannot hold; null for what they can. */
export function limits(change: Change, flavour: SchemaFlavour): Limit {
  switch (change.kind) {
    case 'createTable':
      return tableLimit(change.wanted, flavour)
    case 'renameTable':
      return nameLimit(change.wanted.name)
    case 'renameColumn':
      return first(nameLimit(change.wanted.name), changedPlacesLimit(change))
    case 'addColumn':
      return columnLimit(change.wanted.name, targetOf(change.table.live, [change]), change.table.wanted)
    case 'alterColumn':
      return columnLimit(change.wanted.name, targetOf(change.table.live, [change]), change.table.wanted)
    case 'alterPrimaryKey':
      return change.wanted === null
        ? null
        : keyLimit(null, change.wanted.columns, { table: change.table.wanted, flavour })
    case 'addUnique':
    case 'alterUnique':
      return uniqueLimit(change.wanted, { table: change.table.wanted, flavour })
    case 'addIndex':
    case 'alterIndex':
      return indexLimit(change.wanted, { table: change.table.wanted, flavour })
    case 'addForeignKey':
    case 'alterForeignKey':
      return foreignKeyLimit(change.wanted, change.table.wanted)
    case 'addCheck':
    case 'alterCheck':
      return checkLimit(change.wanted, { table: change.table.wanted, flavour })
    default:
      return null
  }
}

function first(...found: readonly Limit[]): Limit {
  return found.find((limit) => limit !== null) ?? null
}

function tableLimit(table: TableShape, flavour: SchemaFlavour): Limit {
  return first(
    nameLimit(table.name),
    rowLimit(table),
    ...table.columns.map(({ name }) => columnLimit(name, table, table)),
    table.primaryKey === null ? null : keyLimit(null, table.primaryKey.columns, { table, flavour }),
    ...table.uniques.map((unique) => uniqueLimit(unique, { table, flavour })),
    ...table.indexes.map((index) => indexLimit(index, { table, flavour })),
    ...table.foreignKeys.map((foreignKey) => foreignKeyLimit(foreignKey, table)),
    ...table.checks.map((check) => checkLimit(check, { table, flavour })),
  )
}

/** Source: MySQL 8.4 manual, "Identifier Length Limits". */
function nameLimit(name: string | null): Limit {
  if (name === null || [...name].length <= nameLength) return null
  return {
    reason: `the name ${name} has ${[...name].length} characters, and at most ${nameLength} fit`,
    remedy: 'Declare a shorter name',
  }
}

/**
 * While columns change places the server takes a check of the one for a check of the other, which it refuses where a foreign key
 * writes that one (error 1901).
 */
function changedPlacesLimit({ table, live, wanted }: ChangeOf<'renameColumn'>): Limit {
  const { foreignKeys, checks } = table.live
  const isWritten = foreignKeys.some(
    ({ columns, onUpdate, onDelete }) =>
      columns.includes(wanted.name) && (onUpdate !== 'noAction' || onDelete === 'setNull' || onDelete === 'setDefault'),
  )
  const isChecked = checks.some(({ expression }) =>
    columnsIn(expression, table.live).some(({ name }) => name === live.name),
  )
  if (!isWritten || !isChecked) return null
  return {
    reason: `${live.name} has a check, and ${wanted.name}, with which it changes places, a foreign key that writes it`,
    remedy: 'Rename one of them to a name of its own first, and give it its last name in a later release',
  }
}

function rowLimit(table: TableShape): Limit {
  const bytes = bytesInRow(table)
  if (bytes > rowBytes) {
    return {
      reason: `a row of ${table.name} can have ${bytes} bytes, and at most ${rowBytes} fit`,
      remedy:
        'Shorten the maximum lengths of its texts (a character counts 4 bytes), or leave them away where no index needs them',
    }
  }
  if (table.columns.length <= columnsPerTable) return null
  return {
    reason: `${table.name} has ${table.columns.length} columns, and a table has at most ${columnsPerTable}`,
    remedy: 'Split it in two that refer to each other',
  }
}

/** `after` is the table with the change, `wanted` the whole of it, with the keys. */
function columnLimit(name: string, after: TableShape, wanted: TableShape): Limit {
  const column = after.columns.find((each) => each.name === name)
  if (column === undefined) return null
  return first(
    nameLimit(name),
    rowLimit(after),
    ...(column.identity === null ? [] : [numberingLimit(name, wanted), checkedLimit(name, wanted)]),
    column.identity === 'always' ? alwaysLimit(name) : null,
  )
}

/** Source: MySQL 8.4 manual, error 1075. */
function numberingLimit(name: string, { columns, primaryKey, uniques, indexes }: TableShape): Limit {
  const keys = [
    primaryKey?.columns ?? [],
    ...uniques.map((unique) => unique.columns),
    ...indexes.map((index) => index.columns.map((column) => column.name)),
  ]
  if (!keys.some(([leading]) => leading === name)) {
    return {
      reason: `${name} is numbered by the database and no key begins with it`,
      remedy: `Declare a key that begins with ${name}`,
    }
  }
  const others = columns.filter((column) => column.identity !== null && column.name !== name)
  if (others.length === 0) return null
  return {
    reason: `${name} and ${others[0]?.name} are both numbered by the database, and a table has one such column`,
    remedy: 'Let the application number one of them',
  }
}

function checkedLimit(name: string, table: TableShape): Limit {
  const check = table.checks.find(({ expression }) =>
    columnsIn(expression, table).some((column) => column.name === name),
  )
  return check === undefined ? null : numberedInCheck(check.name ?? check.expression, name)
}

/** Source: MySQL 8.4 manual, "CHECK Constraints", error 3818; MariaDB says 1901. */
function numberedInCheck(check: string, column: string): Limit {
  return {
    reason: `${check} is about ${column}, which the database numbers, and a check may not ask for such a column`,
    remedy: `Declare ${check} over other columns, or let the application number ${column}`,
  }
}

function alwaysLimit(name: string): Limit {
  return {
    reason: `${name} may not be given a number, and the server takes every number that is given`,
    remedy: 'Declare that it takes explicit numbers',
  }
}

interface Surroundings {
  readonly table: TableShape
  readonly flavour: SchemaFlavour
}

function uniqueLimit(unique: UniqueShape, around: Surroundings): Limit {
  const { name, columns, where, nullsDistinct, include, deferrable } = unique
  return first(
    nameLimit(name),
    where === null
      ? null
      : missing(`${name} is about some of the rows only`, 'a generated column that is NULL in the others'),
    nullsDistinct ? null : missing(`${name} lets one NULL in only`, 'a generated column that turns NULL into a value'),
    include.length === 0 ? null : missing(`${name} carries further columns`, 'an index of its own'),
    deferrable === 'no' ? null : missing(`${name} may be held at the commit`, 'a rule that is held at each statement'),
    keyLimit(name ?? 'a unique key', columns, around),
  )
}

function indexLimit({ name, columns, where, include, method }: IndexShape, around: Surroundings): Limit {
  return first(
    nameLimit(name),
    where === null ? null : missing(`${name} is about some of the rows only`, 'an index of all of them'),
    include.length === 0 ? null : missing(`${name} carries further columns`, 'them as its last columns'),
    method === 'btree'
      ? keyLimit(
          name,
          columns.map((column) => `${column.name}${column.suffix}`),
          around,
        )
      : null,
  )
}

function missing(reason: string, instead: string): Limit {
  return { reason: `${reason}, which the server has no means for`, remedy: `Declare ${instead}` }
}

/** MariaDB takes as much of a text as fits, and holds a unique rule over texts by hashes; a primary key needs lengths on both. */
function keyLimit(
  name: string | null,
  parts: readonly string[],
  { table, flavour: { isMariaDb } }: Surroundings,
): Limit {
  const key = name ?? 'its primary key'
  let bytes = 0
  for (const part of parts) {
    const found = table.columns.find((column) => column.name === part) ?? null
    const [, prefixed, digits] = /^(.*)\((\d+)\)(?: desc)?$/s.exec(part) ?? []
    const column = found ?? table.columns.find((each) => each.name === prefixed)
    if (column === undefined) continue
    const size = bytesInKey(column, table, found === null && digits !== undefined ? Number(digits) : null)
    if (size === null && isMariaDb && name !== null) continue
    if (size === null) {
      return {
        reason: `${key} would hold ${column.name}, a ${column.type} without a greatest length`,
        remedy: `Declare a maximum length for ${column.name}`,
      }
    }
    bytes += size
  }
  if (bytes <= keyBytes) return null
  return {
    reason: `an entry of ${key} can have ${bytes} bytes, and at most ${keyBytes} fit`,
    remedy: 'Shorten the maximum lengths of its columns (a character counts 4 bytes), or leave one of them away',
  }
}

function foreignKeyLimit(foreignKey: ForeignKeyShape, { columns }: TableShape): Limit {
  const { name, onDelete, onUpdate, deferrable, enforced } = foreignKey
  const actions = [onDelete, onUpdate]
  const required = columns.find((column) => foreignKey.columns.includes(column.name) && !column.nullable)
  const isNulled = actions.includes('setNull') && required !== undefined
  return first(
    nameLimit(name),
    deferrable === 'no' ? null : missing(`${name} may be held at the commit`, 'a key that is held at each statement'),
    actions.includes('setDefault') ? missing(`${name} sets the default`, 'it to set NULL or to cascade') : null,
    enforced ? null : missing(`${name} is not held`, 'it as held, or not at all'),
    isNulled
      ? {
          reason: `${name} would set ${required.name} to NULL, and ${required.name} is not null`,
          remedy: `Declare ${required.name} nullable, or let ${name} cascade`,
        }
      : null,
  )
}

function checkLimit({ name, expression, enforced }: CheckShape, { table, flavour }: Surroundings): Limit {
  const numbered = columnsIn(expression, table).find(({ identity }) => identity !== null)
  return first(
    nameLimit(name),
    enforced || !flavour.isMariaDb ? null : missing(`${name} is not held`, 'it as held, or not at all'),
    numbered === undefined ? null : numberedInCheck(name ?? expression, numbered.name),
  )
}
