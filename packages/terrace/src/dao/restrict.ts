import { errors } from '../errors/index.ts'
import type { Child } from './children.ts'
import { childrenOf, heldKeys } from './children.ts'
import type { DaoContext, Row } from './dao-context.ts'
import { contextOf } from './dao-context.ts'
import { rowsHolding } from './trash-statements.ts'

/**
 * Refuses the delete of rows that restricting children refer to: `RESTRICTED`, which names the first such model. `alive`:
 * children in the trash do not count, as long as the rows only go there too.
 *
 * Asked without scope: a row of a shared model may be referred to by anybody's.
 */
export async function requireUnrestricted(
  unscoped: DaoContext,
  rows: readonly Row[],
  kind: 'alive' | 'all',
): Promise<void> {
  for (const child of childrenOf(unscoped, 'restrict')) {
    const held = { by: child.reference.columns, keys: heldKeys(child, rows), among: { kind } }
    const found = await rowsHolding(contextOf(unscoped, child.fact), held, 1)
    if (found.length > 0) throw restricted(unscoped, child)
  }
}

function restricted({ plan }: DaoContext, { reference, fact }: Child): Error {
  const { columns: fields } = reference
  return errors.RESTRICTED({ values: { model: plan.name, referrer: fact.name, fields: fields.join(', ') }, fields })
}
