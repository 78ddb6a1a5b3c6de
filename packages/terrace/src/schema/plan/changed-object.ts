import type { Change } from '../change.ts'
import { pathWithin, type PathShape } from '../object-paths.ts'
import type { ObjectKind } from './plan.ts'

const objectKinds = {
  Table: 'table',
  Column: 'column',
  PrimaryKey: 'primaryKey',
  Unique: 'unique',
  Index: 'index',
  ForeignKey: 'foreignKey',
  Check: 'check',
} as const satisfies Record<string, ObjectKind>

type Within = Extract<Change, { readonly table: unknown }>
type Found = Extract<Within, { readonly live: unknown }> | Extract<Change, { readonly kind: 'dropTable' }>

/** What sort of object a change within a table, or of a whole one, is about. */
function changedKind(change: Within | Found): ObjectKind {
  return objectKinds[change.kind.replace(/^[a-z]+/, '') as keyof typeof objectKinds]
}

/** Kind and path, as the ledger has it, of what a change finds. */
export function ledgerObjectOf(change: Found): readonly [ObjectKind, string] {
  const kind = changedKind(change)
  if (change.kind === 'dropTable') return [kind, change.live.name]
  if (kind === 'table') return [kind, change.table.live.name]
  return [kind, pathWithin(change.table.live.name, kind, (change.live as PathShape | null) ?? { name: null })]
}

/** The same of what a change within a table wants; null for one that wants nothing. */
export function wantedObjectOf(change: Within): readonly [ObjectKind, string] | null {
  if (!('wanted' in change) || change.wanted === null) return null
  const kind = changedKind(change)
  const table = change.table.wanted.name
  return [kind, kind === 'table' ? table : pathWithin(table, kind, change.wanted as PathShape)]
}
