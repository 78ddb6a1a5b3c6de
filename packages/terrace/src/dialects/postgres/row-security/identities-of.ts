import type { RowIdentities, RowIdentity, Scope } from '../../../database/index.ts'
import type { ColumnFact, ModelGraph } from '../../../model/index.ts'
import { postgresCodec } from '../types.ts'
import { rowCondition } from './row-condition.ts'
import { actorSettings, lockingSetting, unscopedSetting } from './settings.ts'

type Settings = RowIdentity['settings']

/**
 * Every setting each time, those of nobody as well: what an earlier scope of the transaction has said must not go on, nor what a
 * role or a database has as its default.
 */
export function identitiesOf(graph: ModelGraph, role: string | null): RowIdentities {
  const actors = actorSettings(graph)
  const actorsOf = (scope: Scope): Settings =>
    [...actors].map(([model, setting]) => [setting, keyText(graph, scope, model)] as const)
  return {
    of: (scope, { locksRows }) => ({
      role,
      settings: [
        [unscopedSetting, scope.kind === 'unscoped' ? 'on' : 'off'],
        [lockingSetting, locksRows ? 'on' : 'off'],
        ...actorsOf(scope),
      ],
    }),
    lockedMoreWidely: new Set(
      Object.values(graph.models)
        .filter((model) => rowCondition(graph, model, 'read') !== rowCondition(graph, model, 'write'))
        .map(({ table }) => table),
    ),
  }
}

export const everyRow: RowIdentity = {
  role: null,
  settings: [
    [unscopedSetting, 'on'],
    [lockingSetting, 'off'],
  ],
}

/** '' is nobody. */
function keyText({ models }: ModelGraph, scope: Scope, model: string): string {
  const key = scope.kind === 'actor' && Object.hasOwn(scope.actor, model) ? scope.actor[model] : undefined
  if (key === undefined) return ''
  const fact = models[model]
  const { encode } = postgresCodec(fact?.column[fact.primaryKey.columns[0] ?? ''] as ColumnFact)
  return String(encode === null ? key : (encode as (value: unknown) => unknown)(key))
}
