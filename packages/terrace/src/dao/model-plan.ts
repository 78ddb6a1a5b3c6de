import type { ColumnFact, ColumnKind, ModelFact, ReferenceFact, Stamp, Validator } from '../model/index.ts'
import { canonicalValue, compileValidator, isItemKind } from '../model/index.ts'

/** What may be asked of a column in a condition. */
export type Family = 'text' | 'ordered' | 'equal' | 'list' | 'none'

/** What the DAO needs of one column, computed once. */
export interface ColumnPlan {
  readonly fact: ColumnFact
  readonly name: string
  readonly family: Family
  /** Its place among the model's columns. */
  readonly at: number
  /** An UPDATE may set it: not the key, the owner, stamped or immutable. */
  readonly isChangeable: boolean
  /** An INSERT may be given it: not stamped. */
  readonly isInsertable: boolean
  /** An INSERT must be given it. */
  readonly isRequired: boolean
  /** Its values have one spelling only: nothing to make canonical. */
  readonly isCanonical: boolean
  /** Does a value break a rule of the column? Null allowed where the column is nullable. */
  readonly check: Validator
  /** Is a value, not null, one of the column's type at all? Declared rules are left aside: a filter may go beyond them. */
  readonly checkType: Validator
}

export interface OrderTerm {
  readonly column: ColumnPlan
  readonly direction: 'asc' | 'desc'
  /** As it is written in `sort`. */
  readonly term: string
}

/** What the DAO needs of one model, computed once from its facts. */
export interface ModelPlan {
  readonly fact: ModelFact
  readonly name: string
  readonly table: string
  readonly columns: readonly ColumnPlan[]
  readonly column: ReadonlyMap<string, ColumnPlan>
  readonly key: readonly ColumnPlan[]
  /** What each sort term means, `name` and `-name`; without those that no engine could order alike. */
  readonly orderTerms: ReadonlyMap<string, OrderTerm>
  /** The columns that an INSERT writes, identity aside. */
  readonly inserted: readonly ColumnPlan[]
  readonly identity: ColumnPlan | null
  /** The column that says whose row it is. */
  readonly owner: ColumnPlan | null
  /** A new row of which nothing is given: null, or the default where all rows can share it. */
  readonly blankRow: Readonly<Record<string, unknown>>
  /** Columns whose value in a new row is made for that row. */
  readonly stamped: readonly ColumnPlan[]
  /** How many columns an INSERT must be given. */
  readonly requiredColumns: number
  /** Columns whose values only the database knows after an INSERT, identity aside. */
  readonly unknown: readonly ColumnPlan[]
  /** Columns of other writers' stamps: set on each UPDATE. */
  readonly updatedAt: ColumnPlan | null
  /** The column that each UPDATE raises, by itself. */
  readonly version: ColumnPlan | null
  /** Placeholders of one inserted row, companions included, identity too. */
  readonly parametersPerRow: number
  /** References of several columns that an UPDATE could set in part. */
  readonly compositeReferences: readonly ReferenceFact[]
  /** Nothing has to be asked before a row is inserted, and nothing is left to learn afterwards. */
  readonly isPlainInsert: boolean
  /** Names of statements that are asked for at each call: made once, because hashing a new text costs more than a look-up. */
  readonly statements: { readonly get: string; readonly hold: string; readonly insertOne: string }
  /** Names of further ones by what tells them apart; filled as they are asked for. */
  readonly statementNames: Map<string, string>
}

const plans = new WeakMap<ModelFact, ModelPlan>()

/** The plan of a model: the same object for the same facts. */
export function planOf(fact: ModelFact): ModelPlan {
  const known = plans.get(fact)
  if (known !== undefined) return known
  const made = makePlan(fact)
  plans.set(fact, made)
  return made
}

const families = {
  uuid: 'ordered',
  text: 'text',
  integer: 'ordered',
  smallint: 'ordered',
  bigint: 'ordered',
  identity: 'ordered',
  decimal: 'ordered',
  float: 'ordered',
  boolean: 'equal',
  timestamp: 'ordered',
  date: 'ordered',
  time: 'ordered',
  json: 'none',
  array: 'none',
  bytes: 'equal',
  oneOf: 'ordered',
  native: 'none',
} as const satisfies Record<ColumnKind, Family>

function orderTermsOf(column: ColumnPlan): readonly (readonly [string, OrderTerm])[] {
  return [
    [column.name, { column, direction: 'asc', term: column.name }],
    [`-${column.name}`, { column, direction: 'desc', term: `-${column.name}` }],
  ]
}

const canonicalKinds: ReadonlySet<ColumnKind> = new Set([
  'uuid',
  'text',
  'bigint',
  'identity',
  'boolean',
  'date',
  'time',
  'oneOf',
] as const)

function makePlan(fact: ModelFact): ModelPlan {
  const columns = fact.columns.map((column, at) => columnPlan(fact, column, at))
  const column = new Map(columns.map((plan) => [plan.name, plan]))
  const identity = columns.find((plan) => plan.fact.stamp === 'identity') ?? null
  const unknown = columns.filter((plan) => plan.fact.type.kind === 'native')
  return {
    fact,
    name: fact.name,
    table: fact.table,
    columns,
    column,
    key: columnsNamed(column, fact.primaryKey.columns),
    orderTerms: new Map(columns.filter(({ family }) => family !== 'none' && family !== 'list').flatMap(orderTermsOf)),
    inserted: columns.filter((plan) => plan !== identity && !unknown.includes(plan)),
    identity,
    owner: columns.find((plan) => plan.fact.stamp === 'owner') ?? null,
    blankRow: Object.fromEntries(columns.map((plan) => [plan.name, isStamped(plan) ? null : sharedDefault(plan)])),
    stamped: columns.filter(isStamped),
    requiredColumns: columns.filter(({ isRequired }) => isRequired).length,
    unknown,
    updatedAt: columns.find((plan) => plan.fact.stamp === 'updatedAt') ?? null,
    version: columns.find((plan) => plan.fact.stamp === 'version') ?? null,
    parametersPerRow: columns.length + columns.filter((plan) => plan.fact.foldedInto !== null).length,
    compositeReferences: fact.references.filter((reference) => reference.columns.length > 1),
    isPlainInsert:
      identity === null &&
      unknown.length === 0 &&
      fact.references.every((reference) => isStampedOwner(fact, reference)),
    statementNames: new Map(),
    statements: { get: `${fact.name} get`, hold: `${fact.name} hold`, insertOne: `${fact.name} insert 1` },
  }
}

/** Made anew for each row. */
function isStamped({ fact: { stamp, default: given } }: ColumnPlan): boolean {
  if (stamp === 'id' || stamp === 'createdAt' || stamp === 'updatedAt') return true
  return given?.kind === 'make' || (given?.kind === 'value' && typeof given.value === 'object' && given.value !== null)
}

function sharedDefault({ fact }: ColumnPlan): unknown {
  return fact.default?.kind === 'value' ? canonicalValue(fact, fact.default.value) : null
}

function isStampedOwner({ access }: ModelFact, { columns }: ReferenceFact): boolean {
  return access.kind === 'owned' && columns.length === 1 && columns[0] === access.column
}

const writtenStamps: ReadonlySet<Stamp> = new Set<Stamp>([
  'createdAt',
  'updatedAt',
  'version',
  'deletedAt',
  'deletionId',
])

function columnPlan(model: ModelFact, fact: ColumnFact, at: number): ColumnPlan {
  const { name, stamp, immutable, type } = fact
  const isWritten = stamp !== null && writtenStamps.has(stamp)
  return {
    fact,
    name,
    at,
    family: type.kind === 'array' && isItemKind(type.item.kind) ? 'list' : families[type.kind],
    isInsertable: !isWritten,
    isRequired: !fact.nullable && fact.default === null && stamp === null && type.kind !== 'native',
    isCanonical: canonicalKinds.has(type.kind),
    isChangeable: !isWritten && !immutable && stamp !== 'owner' && !model.primaryKey.columns.includes(name),
    check: compileValidator(fact),
    checkType: compileValidator(withoutRules(fact)),
  }
}

/** A null never reaches the check, so nullability does not matter. */
function withoutRules(fact: ColumnFact): ColumnFact {
  const type = fact.type.kind === 'text' ? { kind: 'text' as const, maxLength: null } : fact.type
  return { ...fact, type, rules: [], itemRules: [], foldedInto: null }
}

/** Plans of columns that are known to exist: names out of the graph's own facts. */
export function columnsNamed(column: ModelPlan['column'], names: readonly string[]): readonly ColumnPlan[] {
  return names.flatMap((name) => column.get(name) ?? [])
}
