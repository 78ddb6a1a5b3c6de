import type {
  Change,
  ChangeOf,
  ColumnShape,
  LiveStructure,
  OpaqueObject,
  ServerVersion,
  UniqueShape,
} from '../../../schema/index.ts'
import { longestNameBytes, nameFits } from '../internal-names.ts'
import { readersOf } from './opaque-releases.ts'
import { isRemade } from './touched-columns.ts'

export interface Limit {
  readonly reason: string
  readonly remedy: string
}

type Opaque = LiveStructure['opaque']

/** What PostgreSQL cannot do, by itself or for what models cannot declare. */
export function limitsOn(server: ServerVersion): (change: Change, live: Pick<LiveStructure, 'opaque'>) => Limit | null {
  const major = Number.parseInt(server.version, 10)
  return (change, { opaque }) =>
    longName(change) ?? columnLimit(change, major) ?? uniqueLimit(change, major) ?? standing(change, opaque)
}

function longName(change: Change): Limit | null {
  if (!('wanted' in change) || change.wanted === null || change.kind === 'suspectColumnRename') return null
  const names = change.kind === 'createTable' ? namesOf(change.wanted) : [change.wanted.name]
  const long = names.find((name) => name !== null && !nameFits(name))
  if (long === undefined || long === null) return null
  return {
    reason: `the name ${long} has ${Buffer.byteLength(long)} bytes, and PostgreSQL cuts names after ${longestNameBytes}`,
    remedy: 'Give it a shorter name',
  }
}

function namesOf(table: ChangeOf<'createTable'>['wanted']): readonly (string | null)[] {
  const { name, columns, primaryKey, uniques, indexes, foreignKeys, checks } = table
  const parts = [
    ...columns,
    ...uniques,
    ...indexes,
    ...foreignKeys,
    ...checks,
    ...(primaryKey === null ? [] : [primaryKey]),
  ]
  return [name, ...parts.map((part) => part.name)]
}

// Source: PostgreSQL 18 release notes, "Virtual generated columns".
const virtualSince = 18
// Source: PostgreSQL 15 release notes, "UNIQUE NULLS NOT DISTINCT".
const nullsNotDistinctSince = 15

function columnLimit(change: Change, major: number): Limit | null {
  const generated = columnsOf(change).flatMap(({ generated: each }) => each ?? [])
  if (generated.some(({ invisible }) => invisible))
    return { reason: 'PostgreSQL has no invisible columns', remedy: 'Declare it visible' }
  if (major >= virtualSince || generated.every(({ stored }) => stored)) return null
  return {
    reason: `PostgreSQL calculates columns when they are read since version ${virtualSince}, and this is ${major}`,
    remedy: 'Declare it stored',
  }
}

function columnsOf(change: Change): readonly ColumnShape[] {
  if (change.kind === 'createTable') return change.wanted.columns
  return change.kind === 'addColumn' || change.kind === 'alterColumn' ? [change.wanted] : []
}

function uniqueLimit(change: Change, major: number): Limit | null {
  const uniques: readonly UniqueShape[] =
    change.kind === 'createTable'
      ? change.wanted.uniques
      : change.kind === 'addUnique' || change.kind === 'alterUnique'
        ? [change.wanted]
        : []
  if (major < nullsNotDistinctSince && uniques.some(({ nullsDistinct }) => !nullsDistinct))
    return {
      reason: `PostgreSQL holds NULLs to be equal in a unique rule since version ${nullsNotDistinctSince}, and this is ${major}`,
      remedy: 'Declare the columns not null',
    }
  if (uniques.every(({ where, heldBy }) => where === null || heldBy === 'index')) return null
  return { reason: 'a constraint of PostgreSQL is for all rows', remedy: 'Have an index hold the rule' }
}

/** What stands on a table or a column, and would go with it or not let it change. */
function standing(change: Change, opaque: Opaque): Limit | null {
  if (opaque.length === 0) return null
  switch (change.kind) {
    case 'dropTable':
      return goesWith(opaque.find(({ uses, table }) => table !== change.live.name && uses.includes(change.live.name)))
    case 'dropColumn':
      return goesWith(opaque.find(usesColumn(`${change.table.live.name}.${change.live.name}`)))
    case 'alterColumn':
      return convertedUnder(change, opaque)
    default:
      return null
  }
}

function usesColumn(path: string): (object: OpaqueObject) => boolean {
  return ({ usesColumns = [] }) => usesColumns.includes(path)
}

const words: Partial<Record<OpaqueObject['kind'], string>> = {
  materializedView: 'materialized view',
  constraint: 'exclusion constraint',
  routine: 'function',
}

function described({ kind, name, table }: OpaqueObject): string {
  return `the ${words[kind] ?? kind} ${name}${table === null ? '' : ` on ${table}`}`
}

function goesWith(object: OpaqueObject | undefined): Limit | null {
  if (object === undefined) return null
  return { reason: `${described(object)} needs it`, remedy: `Change or drop ${described(object)} by hand first` }
}

/** Views and their like are taken away and put back; what cannot be put back exactly stays, and so does the column. */
function convertedUnder(change: ChangeOf<'alterColumn'>, opaque: Opaque): Limit | null {
  const { table, live, wanted, differences } = change
  const isAnew = isRemade(live, wanted)
  const isConverted = isAnew || differences.some(({ aspect }) => aspect === 'type' || aspect === 'collation')
  if (!isConverted) return null
  const path = `${table.live.name}.${live.name}`
  const excluded = isAnew
    ? opaque.find((object) => object.kind === 'constraint' && usesColumn(path)(object))
    : undefined
  if (excluded !== undefined) return goesWith(excluded)
  const lasting = readersOf(new Set([path]), opaque).find(({ restore }) => restore === undefined || restore === null)
  if (lasting === undefined) return null
  return {
    reason: `${described(lasting)} needs it and cannot be made again exactly from here`,
    remedy: `Change it in two steps: drop ${described(lasting)} by hand, start, and make it again; or leave the column as it is`,
  }
}
