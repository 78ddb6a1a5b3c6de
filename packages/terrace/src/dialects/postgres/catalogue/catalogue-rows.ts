/** The rows of `structureSql.relations`. */
export interface RelationRow {
  readonly name: string
  /** r table, p partitioned table, v view, m materialized view, f foreign table, S sequence. */
  readonly kind: 'r' | 'p' | 'v' | 'm' | 'f' | 'S'
  /** -1: never analysed. */
  readonly estimated: number
  readonly isPartition: boolean
  readonly comment: string
  /** The extension that made it. */
  readonly extension: string | null
  readonly parents: string | null
  /** Of a sequence that belongs to a column. */
  readonly ownerTable: string | null
  readonly ownerColumn: number | null
  readonly definition: string | null
  /** JSON: `["security_barrier=true"]`. Of views, as all that follows. */
  readonly options: string | null
  /** Where that is somebody else. */
  readonly owner: string | null
  /** JSON: `[["reader", "SELECT", false]]`. */
  readonly rights: string | null
  /** JSON: `[["name", "what it says"]]`. */
  readonly columnComments: string | null
  /** JSON: statements. */
  readonly viewIndexes: string | null
  readonly isPopulated: boolean
}

export interface ColumnRow {
  readonly table: string
  readonly number: number
  readonly name: string
  readonly type: string
  readonly notNull: boolean
  /** '' for none, d by default, a always. */
  readonly identity: string
  /** '' for none, s stored, v virtual. */
  readonly generated: string
  readonly expression: string | null
  readonly collation: string | null
  readonly collationId: string
  readonly comment: string
}

export interface ConstraintRow {
  readonly table: string
  readonly name: string
  readonly kind: 'p' | 'f' | 'c' | 'x' | 'u'
  /** `{1,2}` */
  readonly columns: string | null
  readonly target: string | null
  readonly isHere: boolean | null
  readonly targetColumns: string | null
  readonly onDelete: string
  readonly onUpdate: string
  readonly isDeferrable: boolean
  readonly isDeferred: boolean
  readonly isValidated: boolean
  readonly expression: string | null
  /** Of what a shape cannot hold. */
  readonly definition: string | null
}

export interface IndexRow {
  readonly table: string
  readonly name: string
  readonly method: string
  readonly isUnique: boolean
  readonly isValid: boolean
  /** `1 2`, 0 for an expression. */
  readonly columns: string
  readonly options: string
  readonly keyLength: number
  readonly classes: string
  readonly collations: string
  readonly predicate: string | null
  /** JSON: each key column as text, where one is an expression. */
  readonly parts: string | null
  readonly definition: string | null
  readonly nullsNotDistinct: boolean
  /** The kind of the constraint that it holds. */
  readonly held: string | null
  readonly isDeferrable: boolean
  readonly isDeferred: boolean
}

export interface NameRow {
  readonly kind: 'class' | 'collation'
  readonly id: string
  readonly name: string
}

/** The rows of `otherSql`. */
export interface OtherRow {
  readonly kind: 'trigger' | 'policy' | 'view' | 'rule' | 'enum' | 'domain' | 'routine'
  readonly name: string
  readonly table: string | null
  readonly definition: string | null
  /** O as always, D never, A and R by replication. */
  readonly state: string
  /** JSON: `[["products", "name"], ["products", null]]`. */
  readonly uses: string | null
  readonly comment: string | null
}

/** `{1,2}` and `1 2` alike. */
export function numbersIn(text: string | null): readonly number[] {
  return (text?.match(/\d+/g) ?? []).map(Number)
}
