import type { ModelFact, ModelGraph } from '../graph-facts.ts'
import type { Problem } from './problem.ts'
import { problemAt } from './problem.ts'

/**
 * Constraints and indexes that got one name: `order` with `itemsId` and `order_items` with `id` both give
 * `ix_order_items_id`. Some engines keep these names per schema, together with the tables', so all do.
 */
export function constraintProblems(graph: ModelGraph): readonly Problem[] {
  const holders = new Map(
    Object.values(graph.models).map(({ table, name }) => [table.toLowerCase(), `the table of ${name}`]),
  )
  return Object.values(graph.models).flatMap((model) =>
    constraintNames(model).flatMap((name) => {
      const holder = holders.get(name.toLowerCase())
      if (holder === undefined) holders.set(name.toLowerCase(), `a constraint or index of ${model.name}`)
      if (holder === undefined) return []
      const remedy = "Rename one of the properties and keep its column's name with .column('…'), or rename a table"
      return [problemAt(model.name, `needs the name ${name}, which is that of ${holder}`, remedy)]
    }),
  )
}

function constraintNames({ primaryKey, uniques, indexes, references, checks, rowRules }: ModelFact): readonly string[] {
  return [primaryKey, ...uniques, ...indexes, ...references, ...checks, ...rowRules].map(({ name }) => name)
}
