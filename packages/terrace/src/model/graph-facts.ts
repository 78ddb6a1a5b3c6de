/**
 * The facts of a graph: what every other layer is derived from. Frozen plain data, built once by `graph()`.
 *
 * Everything here names models by their graph key (`Product`), columns by their property (`kcal100g`); the names in the
 * database stand beside them as `table` and `sqlName`.
 */
import type { ColumnType } from './column-type.ts'
import type { ByEngine, ColumnStorage, TableStorage } from './stored.ts'

export interface ModelGraph {
  /** By the model's name, in the order of declaration. */
  readonly models: Readonly<Record<string, ModelFact>>
  /** The same facts by the table's name. */
  readonly tables: Readonly<Record<string, ModelFact>>
  /** Names of the models, referenced ones before those that refer to them where no cycle prevents it. */
  readonly referenceOrder: readonly string[]
  /** True when some model of the graph is an actor or owned: then every model says who sees it. */
  readonly isScoped: boolean
}

export interface ModelFact {
  readonly name: string
  readonly table: string
  /** The table's former name; null where no rename is declared. */
  readonly renamedFrom: string | null
  readonly columns: readonly ColumnFact[]
  readonly column: Readonly<Record<string, ColumnFact>>
  readonly primaryKey: KeyFact
  readonly uniques: readonly UniqueFact[]
  readonly indexes: readonly IndexFact[]
  readonly checks: readonly CheckFact[]
  /** Rules between the columns of a row; the database holds them too. */
  readonly rowRules: readonly RowRuleFact[]
  /** Keys that this model holds. */
  readonly references: readonly ReferenceFact[]
  /** References of other models (or of itself) that point here. */
  readonly inverses: readonly InverseFact[]
  readonly access: AccessFact
  readonly softDelete: SoftDeleteFact | null
  readonly describe: string | null
  readonly seeds: SeedSource | null
  /** How engines keep the table, by their names; null where as ever. */
  readonly stored: ByEngine<TableStorage> | null
}

export interface ColumnFact {
  readonly name: string
  readonly sqlName: string
  /** The column's former name in the database; null where no rename is declared. */
  readonly renamedFrom: string | null
  readonly type: ColumnType
  readonly nullable: boolean
  readonly default: DefaultFact | null
  readonly rules: readonly RuleFact[]
  /** Rules of each item of an array column; empty for every other type. The database does not hold them. */
  readonly itemRules: readonly RuleFact[]
  readonly hidden: boolean
  readonly writeOnly: boolean
  readonly readOnly: boolean
  readonly immutable: boolean
  /** Who gives the value, when it is not the caller. */
  readonly stamp: Stamp | null
  /** The companion column that carries equality and uniqueness without case (`ignoreCase()`); null otherwise. */
  readonly foldedInto: FoldedColumnFact | null
  /** Operators by which lists of the API may filter a text beyond equality; every other type has its own by rule. */
  readonly filterable: readonly TextFilter[]
  /** The name by which lists of the API filter, where it is not the column's own. */
  readonly filterAs: string | null
  readonly describe: string | null
  readonly example: unknown
  /** How engines keep it, by their names; null where as ever. */
  readonly stored: ByEngine<ColumnStorage> | null
  /** The reference of which this is the only column; null for columns of composite references too. */
  readonly reference: ReferenceFact | null
}

/** What a list may be asked of a text only where its column says so: an index seldom helps. */
export type TextFilter = 'not' | 'notIn' | 'gt' | 'gte' | 'lt' | 'lte' | 'contains' | 'startsWith' | 'endsWith'

/** A text column's value in NFKC and lower case, kept in a column of its own. Always `varchar` of the same length rule. */
export interface FoldedColumnFact {
  readonly sqlName: string
  readonly type: ColumnType
}

/**
 * `id`: a uuid v7 that the session makes unless the caller gives one; `identity`: the database numbers it;
 * `owner`: the actor's key; the rest is written by the session and the DAO only.
 */
export type Stamp = 'id' | 'identity' | 'owner' | 'createdAt' | 'updatedAt' | 'version' | 'deletedAt' | 'deletionId'

/** `value` is also the column's DEFAULT in the database; `make` runs in the DAO for each row and is not. */
export type DefaultFact =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'make'; readonly make: () => unknown }
  /** The database's clock, for other writers; the session stamps its own time. */
  | { readonly kind: 'now' }

export type RuleFact =
  | { readonly kind: 'length'; readonly min: number; readonly max: number | null }
  | {
      readonly kind: 'range'
      readonly min: number | bigint | string | null
      readonly max: number | bigint | string | null
    }
  | { readonly kind: 'oneOf'; readonly values: readonly string[] }
  | { readonly kind: 'pattern'; readonly source: string; readonly flags: string }
  | { readonly kind: 'email' }

export interface KeyFact {
  /** `pk_<table>` */
  readonly name: string
  readonly columns: readonly string[]
}

/**
 * A unique rule as the database must hold it: `columns` are distinct within equal `within` columns, among the rows for which
 * `aliveOnly` and `where` hold. Its index is over `within` and then `columns`, in this order: where it leads with the columns
 * of a reference, the reference gets no index of its own.
 */
export interface UniqueFact {
  /** `uq_<table>_<cols>`, after the declared columns only. */
  readonly name: string
  readonly columns: readonly string[]
  /** The owner's column, the parent's key or the group's, unless the rule is global. */
  readonly within: readonly string[]
  readonly aliveOnly: boolean
  /** Equality conditions on columns of the same row; null for none. */
  readonly where: Readonly<Record<string, string | number | boolean | null>> | null
}

export interface IndexFact {
  /** `ix_<table>_<cols>` */
  readonly name: string
  readonly columns: readonly { readonly column: string; readonly direction: 'asc' | 'desc' }[]
}

/** A rule that the database holds too: those of kind length, range and oneOf. */
export interface CheckFact {
  /** `ck_<table>_<column>_<rule>` */
  readonly name: string
  readonly column: string
  readonly rule: Extract<RuleFact, { readonly kind: 'length' | 'range' | 'oneOf' }>
}

/** How many of these nullable columns have a value in each row. */
export interface RowRuleFact {
  /** `ck_<table>_<cols>_<kind>` */
  readonly name: string
  readonly kind: 'exactlyOne' | 'atLeastOne'
  readonly columns: readonly string[]
}

/**
 * What a delete of the target does to the row that refers to it: refuses it, takes the row along, or sets its key to null.
 *
 * `keep`: a delete into the trash leaves the row as it is, so that it tells of what was there; only erasing the target without it
 * is refused.
 */
export type OnDelete = 'restrict' | 'cascade' | 'setNull' | 'keep'

export interface ReferenceFact {
  /** `fk_<table>_<cols>_<target table>` */
  readonly name: string
  /** The model that holds the key, and its columns. */
  readonly model: string
  readonly columns: readonly string[]
  readonly target: string
  readonly targetTable: string
  readonly targetColumns: readonly string[]
  /** Name of the to-one side in an include: `productId` → `product`; null when the column's name gives none. */
  readonly as: string | null
  /** Name of the other side in an include; null when none was declared. */
  readonly inverse: string | null
  /** True when at most one row can refer to a target: the inverse is a row, not a list. */
  readonly isOneToOne: boolean
  readonly onDelete: OnDelete
}

export interface InverseFact {
  readonly name: string | null
  readonly reference: ReferenceFact
}

export interface SoftDeleteFact {
  readonly deletedAt: string
  readonly deletionId: string
}

/** Who sees and changes the rows of a model. */
export type AccessFact =
  /** The owner itself: an actor sees its own row only. */
  | { readonly kind: 'actor' }
  /** `read: 'everyone'` filters reads by deletion only; writes stay with the owner. `readable`: the column may leave. */
  | {
      readonly kind: 'owned'
      readonly column: string
      readonly owner: string
      readonly read: 'owner' | 'everyone'
      readonly readable: boolean
    }
  /** A row belongs to whoever owns its parent; a hidden parent hides it. */
  | { readonly kind: 'ownedThrough'; readonly reference: ReferenceFact }
  /**
   * A row belongs to a group, and is reached by those who are members of it. `reference`: the model's own reference to the group's
   * key; null where the model is the group itself.
   */
  | {
      readonly kind: 'memberOf'
      readonly groupTable: string
      readonly reference: ReferenceFact | null
      readonly membership: MembershipFact
      readonly read: MembersRead
      readonly write: MembersWrite
    }
  /** Everyone reads; `write` says who changes: nobody in a scope, everybody, or holders of a role. */
  | { readonly kind: 'shared'; readonly write: SharedWrite }
  /** The graph has no owners at all: every scope sees everything alive. */
  | { readonly kind: 'open' }

/** The table that says who is a member of what: one row for each, alive as long as it counts. */
export interface MembershipFact {
  readonly table: string
  /** The column that holds the group's key. */
  readonly groupColumn: string
  /** The column that holds the key of the actor `actor`, a model's name. */
  readonly actorColumn: string
  readonly actor: string
  /** The column that holds a member's role; null where the membership has none. */
  readonly roleColumn: string | null
}

/** Who reads: each member, everyone, or members with one of these roles. */
export type MembersRead = 'members' | 'everyone' | readonly string[]
/** Who writes: each member, nobody in a scope, or members with one of these roles. */
export type MembersWrite = 'members' | 'nobody' | readonly string[]

export type SharedWrite = 'nobody' | 'everyone' | { readonly role: string }

/** Rows to insert into an empty table; columns by property name. */
export type SeedRow = Readonly<Record<string, unknown>>
export type SeedSource = readonly SeedRow[] | (() => readonly SeedRow[] | Promise<readonly SeedRow[]>)
