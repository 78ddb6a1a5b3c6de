import type { RowRuleFact } from '../graph-facts.ts'
import { checkName } from '../naming.ts'
import type { DeclaredModel } from './declared-graph.ts'

/** The rules between the columns of a model, named after all of them. */
export function rowRuleFacts({ table, rowRules }: DeclaredModel): readonly RowRuleFact[] {
  return rowRules.map(({ kind, columns }) => ({ name: checkName(table, columns.join('_'), kind), kind, columns }))
}
