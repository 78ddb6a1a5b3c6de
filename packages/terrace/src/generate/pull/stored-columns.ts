import { columnFactsOf, type ColumnStorage, type Columns } from '../../model/index.ts'
import { snapshotFrom, type ColumnShape, type SchemaDialect, type TableShape } from '../../schema/index.ts'
import type { ColumnDraft, ModelDraft } from './model-draft.ts'

export interface StoredColumns {
  readonly columns: readonly ColumnDraft[]
  /** Of all columns that have one but say another; undefined where it is as derived. */
  readonly collation: string | null | undefined
}

/** What the declared columns would be by themselves, compared with what is there: only what differs is said. */
export function storedColumns(draft: ModelDraft, declared: Columns, dialect: SchemaDialect): StoredColumns {
  const derived = derivedColumns(draft, declared, dialect)
  const collation = commonCollation(draft.columns, derived)
  const columns = draft.columns.map((column, at): ColumnDraft => {
    const own = derived[at]
    if (own === undefined) return column
    const usual = own.collation === null || collation === undefined ? own : { ...own, collation }
    return { ...column, stored: storedColumn(column, usual, draft) }
  })
  return { columns, collation }
}

function derivedColumns({ live }: ModelDraft, declared: Columns, dialect: SchemaDialect): readonly ColumnShape[] {
  const columns = columnFactsOf(declared).map((fact) => ({
    name: fact.sqlName,
    nullable: fact.nullable,
    generated: null,
    comment: null,
    source: null,
    ...dialect.storage.column(fact),
  }))
  const form = dialect.canonicalForm
  if (form.kind !== 'parsed') return columns
  const settled = form.of(snapshotFrom([{ ...live, columns }])).tables[live.name]
  return columns.map(({ name, ...column }) => ({
    ...(settled?.columns.find((each) => each.name === name) ?? { name, ...column }),
    isOpaque: column.isOpaque,
  }))
}

/** What most of the columns have where Terrace would have said another: then the table says it once. */
function commonCollation(columns: readonly ColumnDraft[], derived: readonly ColumnShape[]): string | null | undefined {
  const differing = columns.flatMap(({ live, as }, at) => {
    const own = derived[at]?.collation ?? null
    return own === null || as.kind === 'native' || own === live.collation ? [] : [live.collation]
  })
  const counts = [...Map.groupBy(differing, (collation) => collation)].toSorted(
    ([a, some], [b, others]) => others.length - some.length || ((a ?? '') < (b ?? '') ? -1 : 1),
  )
  return counts[0]?.[0]
}

function storedColumn(column: ColumnDraft, derived: ColumnShape, draft: ModelDraft): ColumnStorage | null {
  const { live } = column
  const { generated } = live
  const stored: ColumnStorage = {
    ...(live.type !== derived.type || isUnboundedKey(column, draft) ? { type: live.type } : {}),
    ...(live.collation !== derived.collation ? { collation: live.collation } : {}),
    ...(live.nullable !== derived.nullable ? { nullable: live.nullable } : {}),
    ...(isSameDefault(live.default, derived.default) ? {} : { default: live.default }),
    ...(live.identity !== derived.identity ? { identity: live.identity } : {}),
    ...(generated === null ? {} : { generated: storedGenerated(generated) }),
  }
  return Object.keys(stored).length === 0 ? null : stored
}

function storedGenerated({ expression, stored, invisible }: NonNullable<ColumnShape['generated']>) {
  return { expression, stored, ...(invisible ? { invisible } : {}) }
}

/** Text without a bound is a key only of a database that has it so already. */
function isUnboundedKey(
  { type, property, live, isKey, isUnique, isIndexed, reference }: ColumnDraft,
  draft: ModelDraft,
) {
  if (type.kind !== 'text' || type.maxLength !== null || reference !== null) return false
  const inLists = [...draft.uniques, ...draft.indexes].some((list) =>
    list.some((name) => name === property || name === `-${property}`),
  )
  return isKey || isUnique || isIndexed || inLists || isInKeys(draft.live, live.name)
}

function isInKeys({ uniques, indexes, foreignKeys }: TableShape, name: string): boolean {
  return (
    uniques.some(({ columns }) => columns.includes(name)) ||
    indexes.some(({ columns }) => columns.some((column) => column.name === name)) ||
    foreignKeys.some(({ columns }) => columns.includes(name))
  )
}

/** Engines print a literal with the type that it has in its column: `'new'::character varying`. */
export function isSameDefault(live: string | null, derived: string | null): boolean {
  if (live === derived) return true
  const [, literal] = /^(.+)::[^':]+$/s.exec(live ?? '') ?? []
  return derived !== null && literal !== undefined && (literal === derived || literal === `'${derived}'`)
}
