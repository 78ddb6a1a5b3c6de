import { oversizedKeys, unboundedKeys, unknownOptions, unnumberedKeys, type Unsupported } from '../../database/index.ts'
import type { ColumnFact, ColumnKind, ColumnType, ModelFact, ModelGraph } from '../../model/index.ts'
import { aliveColumn } from './schema-storage.ts'

const engine = 'mysql'

// Source: MySQL 8.4 manual, "InnoDB Limits" and "Limits on Table Column Count and Row Size".
const indexEntryBytes = 3072
const rowBytes = 65_535
const columnsPerTable = 1017
// The smaller ones of MySQL; MariaDB has a scale of 38.
const decimalDigits = 65
const decimalScale = 30

const fixedBytes: Partial<Record<ColumnKind, number>> = {
  uuid: 36,
  integer: 4,
  smallint: 2,
  bigint: 8,
  identity: 8,
  float: 8,
  boolean: 1,
  timestamp: 8,
  date: 3,
  time: 3,
}

// What has no greatest size is kept outside of the row; a pointer and a length stand in it.
const outsideBytes = 12

const nativeTypes = new Set(
  (
    'tinyint mediumint bit year tinytext mediumtext char binary varbinary enum set inet4 inet6 uuid vector geometry point ' +
    'linestring polygon multipoint multilinestring multipolygon geometrycollection'
  ).split(' '),
)

/** What the MySQL family cannot hold of a graph; tested on MariaDB, untested on MySQL 8.4. */
export function unsupportedByMysql(graph: ModelGraph): readonly Unsupported[] {
  const models = Object.values(graph.models)
  return [
    ...unknownOptions(graph, engine, { engine: null, collation: null }),
    ...oversizedKeys(graph, { engine, limit: indexEntryBytes, bytesOf: bytesInKey }),
    ...unboundedKeys(graph, { engine, isBounded }),
    ...unnumberedKeys(graph, engine),
    ...models.flatMap((model) => [...tooWide(model), ...tooManyColumns(model), ...takenName(model)]),
    ...models.flatMap((model) => model.columns.flatMap((column) => typeProblem(model, column) ?? [])),
  ]
}

/** In a type of its own, whose characters may have fewer bytes than ours, the server refuses what is too long. */
function bytesInKey(column: ColumnFact): number {
  return hasOwnType(column) ? 0 : bytesOf(column.type)
}

function hasOwnType({ stored }: ColumnFact): boolean {
  return stored?.[engine]?.type !== undefined
}

/** An index over the beginning of a text is one that `stored` lists. */
function isBounded(column: ColumnFact): boolean {
  const kept = column.stored?.[engine]?.type
  if (kept !== undefined) return !/^(?:tiny|medium|long)?(?:text|blob)\b/i.test(kept)
  return column.type.kind !== 'text' || column.type.maxLength !== null
}

function bytesOf(type: ColumnType): number {
  if (type.kind === 'text' && type.maxLength !== null) return type.maxLength * 4
  if (type.kind === 'oneOf') return Math.max(...type.values.map((value) => value.length)) * 4
  // Nine digits in four bytes, before and after the point.
  if (type.kind === 'decimal') return Math.ceil(type.precision / 9) * 4 + 4
  return fixedBytes[type.kind] ?? outsideBytes
}

/** Row format of the server's own layer: a length before each text, a bit for each column that may be null. */
function rowBytesOf(types: readonly ColumnType[]): number {
  const values = types.reduce((sum, type) => sum + bytesOf(type), 0)
  const lengths = types.filter(({ kind }) => kind === 'text' || kind === 'oneOf').length * 2
  return values + lengths + Math.ceil(types.length / 8)
}

/** Where texts have a collation of others, their characters may have fewer bytes than ours: the server judges it. */
function tooWide({ name, columns, stored }: ModelFact): readonly Unsupported[] {
  if (stored?.[engine]?.collation !== undefined) return []
  const companions = columns.flatMap(({ foldedInto }) => foldedInto?.type ?? [])
  const types = [...columns.filter((column) => !hasOwnType(column)).map(({ type }) => type), ...companions]
  const bytes = rowBytesOf(types)
  if (bytes <= rowBytes) return []
  const reason = `a row can have ${bytes} bytes, and at most ${rowBytes} fit`
  const remedy =
    'Shorten the maximum lengths of its texts (a character counts 4 bytes), or leave them away where no index needs them'
  return [{ model: name, column: null, reason, remedy }]
}

function tooManyColumns({ name, columns }: ModelFact): readonly Unsupported[] {
  if (columns.length <= columnsPerTable) return []
  const reason = `it has ${columns.length} columns, and a table has at most ${columnsPerTable}`
  return [{ model: name, column: null, reason, remedy: 'Split the model in two that refer to each other' }]
}

/** The generated column that unique rules over the rows alive need beside the model's own. */
function takenName({ name, columns, uniques, stored }: ModelFact): readonly Unsupported[] {
  if (stored?.[engine]?.uniques !== undefined) return []
  if (!uniques.some(({ aliveOnly, where }) => aliveOnly && where === null)) return []
  return columns
    .filter(({ sqlName }) => sqlName.toLowerCase() === aliveColumn)
    .map((column) => ({
      model: name,
      column: column.name,
      reason: `a unique rule over the rows that are alive needs a column named ${aliveColumn} of its own`,
      remedy: `Give it another name in the database: .column('is_${aliveColumn}')`,
    }))
}

function typeProblem(model: ModelFact, column: ColumnFact): Unsupported | null {
  const { name, type } = column
  const at = { model: model.name, column: name }
  if (hasOwnType(column)) return null
  if (type.kind === 'decimal' && (type.precision > decimalDigits || type.scale > decimalScale)) {
    const reason = `decimal(${type.precision}, ${type.scale}) has more than ${decimalDigits} digits or more than ${decimalScale} after the point`
    return { ...at, reason, remedy: `Declare at most decimal(${decimalDigits}, ${decimalScale})` }
  }
  const isComputed = column.stored?.[engine]?.generated !== undefined
  if (type.kind === 'native' && !isComputed && !nativeTypes.has(baseName(type.name))) {
    return {
      ...at,
      reason: `it has no type ${type.name}`,
      remedy: 'Leave the column away, or use an engine that has the type',
    }
  }
  return null
}

/** `varbinary(16)` → `varbinary` */
function baseName(name: string): string {
  return /^\w*/.exec(name.trim().toLowerCase())?.[0] ?? ''
}
