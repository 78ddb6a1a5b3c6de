import type { Columns } from './column.ts'
import type { MembersRead, MembersWrite, OnDelete, SeedSource, SharedWrite } from './graph-facts.ts'
import type { ByEngine, TableStorage } from './stored.ts'

/** A table, its columns and its rules as declared; `graph()` binds it. */
export interface Model<T extends string = string, C extends Columns = Columns> {
  readonly table: T
  readonly columns: C
  readonly options: ModelOptionsSpec
}

/** How rows are reached that carry no owner's column of their own. */
export type AccessSpec =
  | { readonly kind: 'actor' }
  | { readonly kind: 'ownedThrough'; readonly column: string }
  | { readonly kind: 'shared'; readonly write: SharedWrite }
  | MemberOfSpec

/** Tables by their names; null where a rule finds the column. */
export interface MemberOfSpec {
  readonly kind: 'memberOf'
  readonly group: string
  readonly through: string
  readonly read: MembersRead
  readonly write: MembersWrite
  /** The membership's column that holds a member's role; null: `role`, where roles are named. */
  readonly role: string | null
  /** The membership's columns that refer to the actor and to the group. */
  readonly actor: string | null
  readonly groupColumn: string | null
  /** The model's own column that refers to the group. */
  readonly by: string | null
}

export interface CompositeReferenceSpec {
  readonly columns: readonly string[]
  readonly target: { readonly table: string } | string
  readonly targetColumns: readonly string[]
  readonly as?: string
  readonly inverse?: string
  readonly onDelete?: OnDelete
}

export interface UniqueSpec {
  readonly columns: readonly string[]
  readonly global?: boolean
  readonly where?: Readonly<Record<string, string | number | boolean | null>>
}

/** Options of a model, by column property; a leading `-` in an index means descending. */
export interface ModelOptionsSpec {
  readonly access?: AccessSpec
  readonly indexes?: readonly (readonly string[])[]
  readonly uniques?: readonly (readonly string[] | UniqueSpec)[]
  readonly references?: readonly CompositeReferenceSpec[]
  /** Nullable columns of which each row has a value in exactly one: `[['productId', 'foodId']]`. */
  readonly exactlyOne?: readonly (readonly string[])[]
  /** Nullable columns of which each row has a value in one or more. */
  readonly atLeastOne?: readonly (readonly string[])[]
  /** The table was called so before: the next start renames it, with its rows. */
  readonly renamedFrom?: string
  readonly describe?: string
  readonly seeds?: SeedSource
  /** How an engine keeps the table, where that is not what the model means there: for databases that others have made. */
  readonly stored?: ByEngine<TableStorage>
}
