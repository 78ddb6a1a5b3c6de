import { doubleQuoteName as quote, type Renames } from '../../schema/index.ts'

/** Statements for all renames of one table's columns. */
export function renameColumnsSql(table: string, renames: Renames): readonly string[] {
  return inTurn(renames, (from, to) => `alter table ${quote(table)} rename column ${quote(from)} to ${quote(to)}`)
}

/** Statements for all renames of tables. References, indexes, views and triggers follow, as SQLite rewrites their texts. */
export function renameTablesSql(renames: Renames): readonly string[] {
  return inTurn(renames, (from, to) => `alter table ${quote(from)} rename to ${quote(to)}`)
}

export function reversed(renames: Renames): Renames {
  return renames.map(({ from, to }) => ({ from: to, to: from }))
}

/**
 * A name that is still taken, by its own other letter case too, is reached by way of one that nothing has: SQLite does not tell
 * cases apart.
 */
function inTurn(renames: Renames, sqlOf: (from: string, to: string) => string): readonly string[] {
  const taken = new Set(renames.map(({ from }) => from.toLowerCase()))
  const crossing = renames
    .filter(({ to }) => taken.has(to.toLowerCase()))
    .map((rename, at) => ({ ...rename, over: `_terrace_r_${at}` }))
  const straight = renames.filter(({ to }) => !taken.has(to.toLowerCase()))
  return [
    ...crossing.map(({ from, over }) => sqlOf(from, over)),
    ...straight.map(({ from, to }) => sqlOf(from, to)),
    ...crossing.map(({ over, to }) => sqlOf(over, to)),
  ]
}
