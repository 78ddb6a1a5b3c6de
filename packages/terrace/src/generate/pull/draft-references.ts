import type { ColumnType, OnDelete } from '../../model/index.ts'
import type { ForeignKeyShape } from '../../schema/index.ts'
import type { ColumnDraft, ModelDraft, ReferenceDraft } from './model-draft.ts'
import { capitalized, freeName, isObjectName, uncapitalized } from './pulled-names.ts'

/** Drafts by the names of their tables. */
export type Drafts = ReadonlyMap<string, ModelDraft>

/**
 * The foreign keys that models can hold, as references: first those of one column to a key of one column, whose type they take; then
 * those of several, whose columns have the types of their targets already or can take them. What no model can hold stays with the
 * table alone.
 */
export function draftReferences(drafts: Drafts): Drafts {
  const single = new Map([...drafts].map(([table, draft]) => [table, withColumnReferences(draft, drafts)]))
  const typed = settleTypes(single)
  return new Map([...typed].map(([table, draft]) => [table, withOtherReferences(draft, typed)]))
}

function withColumnReferences(draft: ModelDraft, drafts: Drafts): ModelDraft {
  const taken = takenNames(draft)
  const columns = draft.columns.map((column): ColumnDraft => {
    const key = draft.live.foreignKeys.find((each) => isOnly(each, column) && isToKey(each, drafts, column))
    if (key === undefined) return column
    const as = includeName(column.property, drafts.get(key.targetTable)?.name ?? '', taken)
    return { ...column, reference: { table: key.targetTable, as, onDelete: onDeleteOf(key, [column]) } }
  })
  return { ...draft, columns }
}

function isOnly({ columns }: ForeignKeyShape, { live }: ColumnDraft): boolean {
  return columns.length === 1 && columns[0] === live.name
}

function isToKey({ targetTable, targetColumns }: ForeignKeyShape, drafts: Drafts, column: ColumnDraft): boolean {
  const target = drafts.get(targetTable)
  const keys = target?.columns.filter(({ isKey }) => isKey) ?? []
  const [key] = keys
  if (key === undefined || keys.length > 1 || targetColumns[0] !== key.live.name || column === key) return false
  return isLike(column.type, key.type)
}

const wholes: readonly ColumnType['kind'][] = ['identity', 'integer', 'smallint', 'bigint']
const texts: readonly ColumnType['kind'][] = ['text', 'uuid']

/** Whether what refers to a value can be read as that value is: numbers of any width are the same number. */
function isLike(own: ColumnType, target: ColumnType): boolean {
  const isBoth = (kinds: readonly ColumnType['kind'][]): boolean =>
    kinds.includes(own.kind) && kinds.includes(target.kind)
  return isBoth(wholes) || isBoth(texts) || JSON.stringify(own) === JSON.stringify(target)
}

/** A reference has the type of its target, which may be a reference itself; keys that lead in a circle keep their own. */
function settleTypes(drafts: Drafts): Drafts {
  const typeOf = (column: ColumnDraft, path: readonly string[]): ColumnType | null => {
    const table = column.reference?.table
    if (table === undefined) return column.type
    const key = drafts.get(table)?.columns.find(({ isKey }) => isKey)
    if (key === undefined || path.includes(table)) return null
    return typeOf(key, [...path, table])
  }
  return new Map(
    [...drafts].map(([table, draft]) => {
      const columns = draft.columns.map((column) => {
        const type = typeOf(column, column.isKey ? [table] : [])
        return type === null ? { ...column, reference: null } : { ...column, type }
      })
      return [table, { ...draft, columns }]
    }),
  )
}

function withOtherReferences(draft: ModelDraft, drafts: Drafts): ModelDraft {
  const taken = takenNames(draft)
  for (const column of draft.columns) if (column.reference !== null) taken.add(nameOf(column))
  let columns = draft.columns
  const references: ReferenceDraft[] = []
  for (const key of draft.live.foreignKeys) {
    const paired = pairs({ ...draft, columns }, key, drafts)
    if (paired === null || hasReference({ ...draft, columns, references }, paired)) continue
    columns = columns.map((column) => paired.find(({ own }) => own === column)?.retyped ?? column)
    const target = drafts.get(key.targetTable)?.name ?? ''
    const as = freeName(uncapitalized(target), (folded) => taken.has(folded) || isObjectName(uncapitalized(target)))
    taken.add(as.toLowerCase())
    references.push({
      table: key.targetTable,
      columns: paired.map(({ own }) => own.property),
      targetColumns: paired.map(({ target: { property } }) => property),
      as,
      onDelete: onDeleteOf(
        key,
        paired.map(({ own }) => own),
      ),
    })
  }
  return { ...draft, columns, references }
}

interface Paired {
  readonly own: ColumnDraft
  readonly retyped: ColumnDraft
  readonly target: ColumnDraft
}

/** Columns of one type each, on whose target a unique rule or the key stands in that order; null where a model cannot say so. */
function pairs(draft: ModelDraft, key: ForeignKeyShape, drafts: Drafts): readonly Paired[] | null {
  const target = drafts.get(key.targetTable)
  if (target === undefined || !isKeyOf(target, key.targetColumns)) return null
  const paired = key.columns.flatMap((name, at): readonly Paired[] => {
    const own = draft.columns.find((column) => column.live.name === name)
    const other = target.columns.find((column) => column.live.name === key.targetColumns[at])
    if (own === undefined || other === undefined || own.as.kind === 'native') return []
    const isFixed = own.reference !== null || other.type.kind === 'identity' || isSame(own.type, other.type)
    const retyped = isFixed ? own : { ...own, type: other.type }
    return isSame(retyped.type, other.type) && isLike(own.type, other.type) ? [{ own, retyped, target: other }] : []
  })
  if (paired.length !== key.columns.length || paired.length !== key.targetColumns.length) return null
  const nullable = paired.filter(({ own }) => own.live.nullable).length
  return nullable === 0 || nullable === paired.length ? paired : null
}

function isSame(one: ColumnType, other: ColumnType): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function isKeyOf({ live: { primaryKey, uniques } }: ModelDraft, columns: readonly string[]): boolean {
  const ofAllRows = uniques.filter(({ where }) => where === null).map((unique) => unique.columns)
  return [primaryKey?.columns ?? [], ...ofAllRows].some((key) => key.join('\0') === columns.join('\0'))
}

function hasReference({ columns, references }: ModelDraft, paired: readonly Paired[]): boolean {
  const properties = paired.map(({ own }) => own.property).join()
  const isSingle = paired.length === 1 && paired.some(({ own }) => own.reference !== null)
  return isSingle || columns.length === 0 || references.some((reference) => reference.columns.join() === properties)
}

/** What the model cannot say is refused by it, and done by the database where others delete. */
function onDeleteOf({ onDelete }: ForeignKeyShape, columns: readonly ColumnDraft[]): OnDelete {
  if (onDelete === 'cascade') return 'cascade'
  const canBeNull = columns.every(({ live, isKey }) => live.nullable && !isKey)
  return onDelete === 'setNull' && canBeNull ? 'setNull' : 'restrict'
}

function takenNames({ columns }: ModelDraft): Set<string> {
  return new Set(columns.map(({ property }) => property.toLowerCase()))
}

/** Null where the convention gives a name that is free: `languageId` → `language`. */
function includeName(property: string, target: string, taken: Set<string>): string | null {
  const usual = property.endsWith('Id') ? property.slice(0, -2) : null
  if (usual !== null && !taken.has(usual.toLowerCase()) && !isObjectName(usual)) {
    taken.add(usual.toLowerCase())
    return null
  }
  const wished = usual === null ? property + target : `${usual}${capitalized(target)}`
  const free = freeName(wished, (folded) => taken.has(folded))
  taken.add(free.toLowerCase())
  return free
}

function nameOf({ property, reference }: ColumnDraft): string {
  return (reference?.as ?? property.slice(0, -2)).toLowerCase()
}
