import type { BoundModel, ModelFact, ModelGraph, SeedSource } from '../model/index.ts'
import { graphOf } from './graph-of.ts'

/** Models whose tables get other rows than they declare, by the model's name: those of development, of a demonstration. */
export function withSeeds(
  models: Readonly<Record<string, BoundModel>>,
  seeds: Readonly<Record<string, SeedSource>>,
): Readonly<Record<string, BoundModel>> {
  const given = graphOf(models)
  const facts = Object.fromEntries(Object.values(given.models).map((fact) => [fact.name, seeded(fact, seeds)]))
  const tables = Object.fromEntries(Object.values(facts).map((fact) => [fact.table, fact]))
  const graph: ModelGraph = Object.freeze({ ...given, models: facts, tables })
  const bound = Object.entries(models).map(([name, model]) => {
    const fact = facts[model.name] ?? model.fact
    return [name, Object.freeze({ ...model, fact, graph })]
  })
  return Object.freeze(Object.fromEntries(bound)) as Readonly<Record<string, BoundModel>>
}

function seeded(fact: ModelFact, seeds: Readonly<Record<string, SeedSource>>): ModelFact {
  const own = Object.hasOwn(seeds, fact.name) ? seeds[fact.name] : undefined
  return own === undefined ? fact : Object.freeze({ ...fact, seeds: own })
}
