import type { AliasableExpression, Expression, SqlBool } from 'kysely'
import { helperCall, operandOf } from './helper-call.ts'

type Text = Expression<string | null>

/**
 * Whether a text holds another, taken literally: no wildcards. Without case where the column ignores it; the part is then a value.
 *
 * ```ts
 * query.where((eb) => contains(eb.ref('note'), 'raw'))
 * ```
 */
export function contains(text: Text, part: Text | string): AliasableExpression<SqlBool> {
  return helperCall('contains', [text.toOperationNode(), operandOf(part)])
}

/** Whether a text begins with another; otherwise as `contains`. */
export function startsWith(text: Text, part: Text | string): AliasableExpression<SqlBool> {
  return helperCall('startsWith', [text.toOperationNode(), operandOf(part)])
}

/** Whether a text ends with another; otherwise as `contains`. */
export function endsWith(text: Text, part: Text | string): AliasableExpression<SqlBool> {
  return helperCall('endsWith', [text.toOperationNode(), operandOf(part)])
}

/**
 * Whether texts, taken as one, hold words: PostgreSQL’s full-text search in its `simple` configuration, which knows no language. Words
 * are written as for a search engine: `apple -pie "red fruit" or pear`.
 *
 * ```ts
 * query.where((eb) => search([eb.ref('name'), eb.ref('note')], 'apple -pie'))
 * ```
 *
 * Error: `SCOPE_UNSUPPORTED` on SQLite and the MySQL family, which search only what has an index or table of its own for it: use
 * `contains` for each word there.
 */
export function search(texts: Text | readonly Text[], words: string): AliasableExpression<SqlBool> {
  const all = Array.isArray(texts) ? (texts as readonly Text[]) : [texts as Text]
  return helperCall('search', [operandOf(words), ...all.map((text) => text.toOperationNode())])
}

/** Texts, one after the other; null where one is. */
export function concat<T extends string | null>(
  ...texts: readonly (Expression<T> | string)[]
): AliasableExpression<string | Extract<T, null>> {
  return helperCall('concat', texts.map(operandOf))
}

/** How many code points a text has, as `length(…)` of the model counts. */
export function textLength<T extends string | null>(
  text: Expression<T>,
): AliasableExpression<number | Extract<T, null>> {
  return helperCall('textLength', [text.toOperationNode()])
}
