import { snakeCase, type ColumnType } from '../../model/index.ts'
import type { Drafts } from './draft-references.ts'
import { call, method, openRecord, plain, record, type Expression } from './expression.ts'
import type { ColumnDraft, ColumnReferenceDraft, ModelDraft, ReferenceDraft } from './model-draft.ts'

export interface Expressing {
  readonly drafts: Drafts
  /** The engine's name, under which `stored` stands. */
  readonly engine: string
  /** Whether a model can be imported by another; those in a circle go by the names of their tables. */
  isImported(from: string, to: string): boolean
}

/** `model('products', { … }, { … })`, as it is written and as it is evaluated. */
export function modelExpression(draft: ModelDraft, expressing: Expressing): Expression {
  const columns = openRecord(
    draft.columns.map((column) => [column.property, columnExpression(column, draft, expressing)]),
  )
  const options = optionEntries(draft, expressing)
  const given = [plain(draft.live.name), columns, ...(options.length === 0 ? [] : [record(options)])]
  return call('model', ...given)
}

function optionEntries(draft: ModelDraft, expressing: Expressing): readonly (readonly [string, Expression])[] {
  const { uniques, indexes, references, stored, live } = draft
  const entries: (readonly [string, Expression])[] = []
  if (uniques.length > 0) {
    entries.push(['uniques', plain(uniques.map((columns) => ({ columns, global: true })))])
  }
  if (indexes.length > 0) entries.push(['indexes', plain(indexes)])
  if (references.length > 0) {
    const written = references.map((reference) => referenceEntry(reference, draft, expressing))
    entries.push(['references', { kind: 'list', items: written }])
  }
  if (isSaid(live.comment)) entries.push(['describe', plain(live.comment)])
  if (stored !== null) entries.push(['stored', plain({ [expressing.engine]: stored })])
  return entries
}

function isSaid(comment: string | null): comment is string {
  return comment !== null && comment.trim() !== ''
}

function referenceEntry(reference: ReferenceDraft, draft: ModelDraft, expressing: Expressing): Expression {
  const { columns, targetColumns, as, onDelete } = reference
  return record([
    ['columns', plain(columns)],
    ['target', targetExpression(reference.table, draft, expressing)],
    ['targetColumns', plain(targetColumns)],
    ...(as === null ? [] : [['as', plain(as)] as const]),
    ...(onDelete === 'restrict' ? [] : [['onDelete', plain(onDelete)] as const]),
  ])
}

function targetExpression(table: string, draft: ModelDraft, { drafts, isImported }: Expressing): Expression {
  const target = drafts.get(table)
  return target !== undefined && isImported(draft.live.name, table)
    ? { kind: 'model', name: target.name }
    : plain(table)
}

function columnExpression(column: ColumnDraft, draft: ModelDraft, expressing: Expressing): Expression {
  const { live, property, as, isKey, reference, isUnique, isIndexed, filterAs, stored } = column
  let written =
    reference === null ? typeExpression(column.type) : referenceCall(column, reference, { draft, expressing })
  if (snakeCase(property) !== live.name) written = method(written, 'column', plain(live.name))
  if (isKey && column.type.kind !== 'identity') written = method(written, 'primaryKey')
  else if (isKey && reference !== null) written = method(written, 'primaryKey')
  if (live.nullable && !isKey) written = method(written, 'nullable')
  if (isUnique) written = method(written, 'unique', plain({ global: true }))
  if (isIndexed) written = method(written, 'index')
  const fallback = as.kind === 'column' ? defaultExpression(column, as.default) : null
  if (fallback !== null) written = method(written, 'default', fallback)
  if (filterAs !== null) written = method(written, 'filterAs', plain(filterAs))
  if (isSaid(live.comment)) written = method(written, 'describe', plain(live.comment))
  return stored === null ? written : method(written, 'stored', plain({ [expressing.engine]: stored }))
}

type Default = Extract<ColumnDraft['as'], { readonly kind: 'column' }>['default']

/** None where Terrace makes the value: of keys that it makes or the database numbers. */
function defaultExpression({ type, isKey, reference }: ColumnDraft, fallback: Default): Expression | null {
  const isMade = isKey && reference === null && (type.kind === 'uuid' || type.kind === 'identity')
  if (fallback === null || isMade) return null
  if (fallback.kind === 'value') return plain(fallback.value)
  return type.kind === 'timestamp' ? { kind: 'now', isText: type.precision === 6 } : null
}

interface Within {
  readonly draft: ModelDraft
  readonly expressing: Expressing
}

function referenceCall(
  column: ColumnDraft,
  { table, as, onDelete }: ColumnReferenceDraft,
  { draft, expressing }: Within,
): Expression {
  const target = targetExpression(table, draft, expressing)
  const options = [
    ...(target.kind === 'model' ? [] : [['key', typeExpression(column.type)] as const]),
    ...(as === null ? [] : [['as', plain(as)] as const]),
    ...(onDelete === 'restrict' ? [] : [['onDelete', plain(onDelete)] as const]),
  ]
  return call('reference', target, ...(options.length === 0 ? [] : [record(options)]))
}

/** `decimal(10, 2)`, `text().length(0, 40)`. */
function typeExpression(type: ColumnType): Expression {
  switch (type.kind) {
    case 'text':
      return type.maxLength === null ? call('text') : method(call('text'), 'length', plain(0), plain(type.maxLength))
    case 'decimal':
      return call('decimal', plain(type.precision), plain(type.scale))
    case 'timestamp':
      return call('timestamp', ...(type.precision === 6 ? [plain({ precision: 6 })] : []))
    case 'oneOf':
      return call('oneOf', ...type.values.map(plain))
    case 'native':
      return call('native', plain(type.name))
    case 'array':
      return call('array', typeExpression(type.item))
    default:
      return call(type.kind)
  }
}
