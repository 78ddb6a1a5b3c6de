import type { ColumnFact, ModelGraph } from '../../../model/index.ts'
import { quoteText } from '../../../schema/index.ts'
import { storage } from '../schema-storage.ts'
import { actorSettings } from './settings.ts'

/** The key that the transaction was told, as a value of the column's type; null, which equals nothing, where it is nobody's. */
export function actorKey(graph: ModelGraph, owner: string, column: ColumnFact): string {
  const setting = actorSettings(graph).get(owner) ?? ''
  return `nullif(current_setting(${quoteText(setting)}, true), '')::${keyType(column)}`
}

/** Without a length: a key that is too long must not be cut to that of somebody else. */
export function keyType(column: ColumnFact): string {
  return column.type.kind === 'text' ? 'text' : storage.column(column).type
}
