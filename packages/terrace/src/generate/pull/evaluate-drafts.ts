import type { Model } from '../../model/index.ts'
import type { Drafts } from './draft-references.ts'
import { evaluateExpression } from './evaluate-expression.ts'
import { partsOf } from './expression.ts'
import { importable } from './import-order.ts'
import { modelExpression } from './model-expression.ts'

/** The models that drafts describe, by name and in the order of the tables, as importing their files would give them. */
export function evaluateDrafts(drafts: Drafts, engine: string): Readonly<Record<string, Model>> {
  const expressing = { drafts, engine, isImported: importable(drafts) }
  const byName = new Map([...drafts.values()].map((draft) => [draft.name, draft]))
  const models = new Map<string, Model>()
  const evaluate = (name: string): void => {
    const draft = byName.get(name)
    if (draft === undefined || models.has(name)) return
    const expression = modelExpression(draft, expressing)
    for (const part of partsOf(expression)) if (part.kind === 'model') evaluate(part.name)
    models.set(name, evaluateExpression(expression, models) as Model)
  }
  for (const name of byName.keys()) evaluate(name)
  return Object.fromEntries([...byName.keys()].flatMap((name) => entryOf(name, models)))
}

function entryOf(name: string, models: ReadonlyMap<string, Model>): readonly (readonly [string, Model])[] {
  const model = models.get(name)
  return model === undefined ? [] : [[name, model]]
}
