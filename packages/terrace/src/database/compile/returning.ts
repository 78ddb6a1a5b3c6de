import type { ReturningNode } from 'kysely'
import { errors } from '../../errors/index.ts'
import type { ModelFact } from '../../model/index.ts'
import type { Frame, Output, Pass } from './pass.ts'
import { selections } from './selections.ts'

export interface CompiledReturning {
  readonly node: { readonly returning?: ReturningNode }
  readonly outputs: readonly Output[]
}

/** RETURNING of a write, where the engine has it for this kind of write; the rows are those just written. */
export function returning(
  pass: Pass,
  node: ReturningNode | undefined,
  { model, isCapable, ctes }: { readonly model: ModelFact; readonly isCapable: boolean; readonly ctes: Frame['ctes'] },
): CompiledReturning {
  if (node === undefined) return { node: {}, outputs: [] }
  if (!isCapable) {
    const { product } = pass.capabilities
    throw errors.SCOPE_UNSUPPORTED({
      values: {
        what: 'RETURNING here',
        product,
        remedy: 'Use the DAO, which gives written rows back on every engine, or select them after',
      },
    })
  }
  const frame: Frame = {
    outer: null,
    ctes,
    sources: [{ kind: 'table', name: model.table, model, isOptional: false, isUnqualified: true }],
  }
  const { nodes, outputs } = selections(pass, node.selections, frame, { expected: [], isExistence: false })
  return { node: { returning: { kind: 'ReturningNode', selections: nodes } }, outputs }
}
