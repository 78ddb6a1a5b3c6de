import type { ModelFact, ModelGraph } from '../../model/index.ts'

/**
 * Models with seeds, those that others refer to first; models that refer to each other are one group, in an order in which a row
 * comes after those it cannot exist without.
 */
export function seedGroups({ models, referenceOrder }: ModelGraph): readonly (readonly ModelFact[])[] {
  const seeded = referenceOrder.flatMap((name) => models[name] ?? []).filter(hasSeeds)
  const byName = new Map(seeded.map((model) => [model.name, model]))
  const reached = new Map(seeded.map((model) => [model.name, reachedFrom(model, byName)]))
  const groups: ModelFact[][] = []
  for (const model of seeded) {
    const group = groups.find(([first]) => first !== undefined && isMutual(first, model, reached))
    if (group === undefined) groups.push([model])
    else group.push(model)
  }
  return groups
}

function hasSeeds({ seeds }: ModelFact): boolean {
  return typeof seeds === 'function' || (seeds?.length ?? 0) > 0
}

function isMutual(a: ModelFact, b: ModelFact, reached: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  return reached.get(a.name)?.has(b.name) === true && reached.get(b.name)?.has(a.name) === true
}

/** Names of all that a model's rows refer to, however far away. */
function reachedFrom(model: ModelFact, byName: ReadonlyMap<string, ModelFact>): ReadonlySet<string> {
  const found = new Set<string>()
  const open = [model]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const { target } of next.references) {
      const fact = byName.get(target)
      if (fact === undefined || found.has(target)) continue
      found.add(target)
      open.push(fact)
    }
  }
  return found
}
