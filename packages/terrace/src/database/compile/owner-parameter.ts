import type { OperationNode } from 'kysely'
import { errors } from '../../errors/index.ts'
import type { ColumnFact, ModelFact } from '../../model/index.ts'
import type { Pass } from './pass.ts'
import { parameter } from './sql-nodes.ts'

/** A column that is compared with the key of an actor. */
export interface ActorColumn {
  readonly column: ColumnFact
  /** The actor's model, by name. */
  readonly actor: string
}

/** The key of the session's actor as a parameter, by the codec of the column; `model` is what it is asked for. Error: `SCOPE_NO_OWNER`. */
export function actorParameter(pass: Pass, model: ModelFact, { column, actor }: ActorColumn): OperationNode {
  const { scope } = pass.options
  if (scope.kind !== 'actor' || !Object.hasOwn(scope.actor, actor))
    throw errors.SCOPE_NO_OWNER({ values: { model: model.name, owner: actor } })
  return parameter({ kind: 'owner', model: actor, encode: pass.coders.of(column).encode })
}
