import { errors } from '../../errors/index.ts'
import type { LiveStructure, OpaqueObject, Snapshot } from '../../schema/index.ts'
import type { LeftBehind } from './move-types.ts'

export interface Leaving {
  readonly live: LiveStructure
  readonly wanted: Snapshot
  /** Native columns that may be left, `products.kcal`, besides what no model declares. */
  readonly natives: readonly string[]
  readonly leaveBehind: readonly string[]
}

/**
 * What of the source no model declares. `MOVE_UNDECLARED` where it may have values and nobody has named it; `MOVE_OPTION` for a name
 * of nothing.
 */
export function leftBehind({ live, wanted, natives, leaveBehind }: Leaving): readonly LeftBehind[] {
  const left = [...undeclaredTables(live, wanted), ...undeclaredColumns(live, wanted), ...opaqueObjects(live)]
  const named = new Set(leaveBehind)
  refuseUnknown(leaveBehind, [...left.map(({ name }) => name), ...natives])
  const unnamed = left.filter(({ kind, name }) => holdsValues.has(kind) && !named.has(name))
  if (unnamed.length === 0) return left
  const list = unnamed.map(({ kind, name }) => `${words[kind] ?? kind} ${name}`).join(', ')
  throw errors.MOVE_UNDECLARED({ values: { list, names: listOf(unnamed.map(({ name }) => name)) } })
}

/** `['log', 'products.kcal']` */
export function listOf(names: readonly string[]): string {
  return `[${names.map((name) => `'${name}'`).join(', ')}]`
}

// What else there is has no values of its own, or, as a shadow table, is part of another.
const holdsValues: ReadonlySet<LeftBehind['kind']> = new Set([
  'table',
  'column',
  'foreignTable',
  'partitionedTable',
  'virtualTable',
  'unreadableTable',
] satisfies LeftBehind['kind'][])

const words: Partial<Record<LeftBehind['kind'], string>> = {
  foreignTable: 'foreign table',
  partitionedTable: 'partitioned table',
  virtualTable: 'virtual table',
  unreadableTable: 'table',
}

function undeclaredTables({ snapshot }: LiveStructure, wanted: Snapshot): readonly LeftBehind[] {
  return Object.keys(snapshot.tables)
    .filter((name) => wanted.tables[name] === undefined)
    .map((name) => ({ kind: 'table', name }))
}

/** What the database computes has no values of its own. */
function undeclaredColumns({ snapshot }: LiveStructure, wanted: Snapshot): readonly LeftBehind[] {
  return Object.values(wanted.tables).flatMap(({ name: table, columns }) => {
    const declared = new Set(columns.map(({ name }) => name))
    const live = snapshot.tables[table]?.columns ?? []
    return live
      .filter(({ name, generated }) => generated === null && !declared.has(name))
      .map(({ name }): LeftBehind => ({ kind: 'column', name: `${table}.${name}` }))
  })
}

function opaqueObjects({ opaque }: LiveStructure): readonly LeftBehind[] {
  return opaque.map(({ kind, name, table }: OpaqueObject) => ({ kind, name: isPart(kind) ? `${table}.${name}` : name }))
}

/** Their names say nothing without the table's. */
function isPart(kind: OpaqueObject['kind']): boolean {
  return kind === 'index' || kind === 'constraint' || kind === 'policy' || kind === 'rule'
}

function refuseUnknown(leaveBehind: readonly string[], known: readonly string[]): void {
  const unknown = leaveBehind.filter((name) => !known.includes(name))
  if (unknown.length === 0) return
  const list = unknown.map((name) => `leaveBehind '${name}': the source has nothing of this name that could be left`)
  throw errors.MOVE_OPTION({ values: { list: list.join('; ') } })
}
