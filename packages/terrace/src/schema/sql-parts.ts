import type { Deferrability, ForeignKeyShape, IndexColumnShape, ReferentialAction } from './snapshot.ts'

type Quote = (name: string) => string

/** Standard SQL's quoting; the engines that know it take `''` and `""` for the quotes themselves. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

export function doubleQuoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

export function quotedList(names: readonly string[], quoteName: Quote): string {
  return names.map(quoteName).join(', ')
}

export function indexColumnList(columns: readonly IndexColumnShape[], quoteName: Quote): string {
  return columns.map((column) => indexColumn(column, quoteName)).join(', ')
}

/** Says where NULLs stand only where that is not the direction's own: last ascending, first descending. */
function indexColumn({ name, suffix, direction, nulls }: IndexColumnShape, quoteName: Quote): string {
  const usual = direction === 'asc' ? 'last' : 'first'
  const place = nulls === null || nulls === usual ? '' : ` nulls ${nulls}`
  const subject = name.startsWith('(') ? name : quoteName(name)
  return `${subject}${suffix === '' ? '' : ` ${suffix}`}${direction === 'desc' ? ' desc' : ''}${place}`
}

export const referentialActions: Readonly<Record<ReferentialAction, string>> = {
  noAction: 'no action',
  restrict: 'restrict',
  cascade: 'cascade',
  setNull: 'set null',
  setDefault: 'set default',
}

/** `references "products" ("id") on delete cascade` */
export function referencesClause(
  { targetTable, targetColumns, onDelete, onUpdate, deferrable }: ForeignKeyShape,
  quoteName: Quote,
): string {
  const update = onUpdate === 'noAction' ? '' : ` on update ${referentialActions[onUpdate]}`
  return `references ${quoteName(targetTable)} (${quotedList(targetColumns, quoteName)}) on delete ${referentialActions[onDelete]}${update}${deferrableClause(deferrable)}`
}

/** ` deferrable initially deferred`, or nothing for what is held at each statement. */
export function deferrableClause(deferrable: Deferrability): string {
  if (deferrable === 'no') return ''
  return ` deferrable initially ${deferrable === 'initiallyDeferred' ? 'deferred' : 'immediate'}`
}

/** `constraint "fk_…" foreign key ("product_id") references …` */
export function foreignKeyClause(foreignKey: ForeignKeyShape, quoteName: Quote): string {
  const list = quotedList(foreignKey.columns, quoteName)
  return `${constraintName(foreignKey.name, quoteName)}foreign key (${list}) ${referencesClause(foreignKey, quoteName)}`
}

/** `constraint "name" `, or nothing for what has no name. */
export function constraintName(name: string | null, quoteName: Quote): string {
  return name === null ? '' : `constraint ${quoteName(name)} `
}
