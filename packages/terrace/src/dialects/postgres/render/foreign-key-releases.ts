import type { ForeignKeyShape, RenderContext, TableShape } from '../../../schema/index.ts'
import { isSameButName } from './pieces.ts'
import { isTouched, touchedColumns } from './touched-columns.ts'

export interface KeptKey {
  readonly owner: string
  readonly key: ForeignKeyShape
}

/**
 * Keys that stay and yet have to let go while a table changes: those that lead to it where the key they lead to goes or its columns
 * change, and its own whose columns change. Each belongs to one table's steps: to those of its target before those of its owner.
 */
export function keysToRelease(table: string, context: RenderContext): readonly KeptKey[] {
  const { before, after } = context
  const [live, target] = [before.tables[table], after.tables[table]]
  if (live === undefined || target === undefined) return []
  const touched = touchedColumns(table, context)
  const isStill = touched.retyped.size === 0 && touched.remade.size === 0 && keepsKeys(live, target)
  const incoming = isStill
    ? []
    : Object.values(before.tables).flatMap(({ name, foreignKeys }) =>
        foreignKeys.flatMap((key) => (key.targetTable === table ? [{ owner: name, key }] : [])),
      )
  const own = live.foreignKeys.filter((key) => key.columns.some((name) => isTouched(touched, name)))
  return [
    ...incoming.filter((each) => isKept(each, context) && losesTarget(each.key, context)),
    ...own
      .map((key) => ({ owner: table, key }))
      .filter((each) => isKept(each, context) && !losesTarget(each.key, context)),
  ]
}

function isKept({ owner, key }: KeptKey, { after }: RenderContext): boolean {
  return after.tables[owner]?.foreignKeys.includes(key) ?? false
}

function losesTarget({ targetTable, targetColumns }: ForeignKeyShape, context: RenderContext): boolean {
  const [live, target] = [context.before.tables[targetTable], context.after.tables[targetTable]]
  if (live === undefined || target === undefined) return false
  const touched = touchedColumns(targetTable, context)
  if (targetColumns.some((name) => isTouched(touched, name))) return true
  return keysOn(live, targetColumns).some(
    (key) => !keysOn(target, targetColumns).some((other) => isSameButName(key, other)),
  )
}

function keysOn({ primaryKey, uniques }: TableShape, columns: readonly string[]): readonly object[] {
  const isOn = (key: { readonly columns: readonly string[] }): boolean =>
    key.columns.length === columns.length && key.columns.every((name) => columns.includes(name))
  return [...(primaryKey === null ? [] : [primaryKey]), ...uniques].filter(isOn)
}

function keepsKeys(live: TableShape, target: TableShape): boolean {
  return live.primaryKey === target.primaryKey && live.uniques.every((unique) => target.uniques.includes(unique))
}
