import { errors } from '../errors/index.ts'
import type { Child } from './children.ts'
import { forbidding, heldKeys } from './children.ts'
import type { DaoContext, Row } from './dao-context.ts'
import { contextOf } from './dao-context.ts'
import { rowsHolding } from './trash-statements.ts'

/**
 * Refuses the delete of rows that forbidding children refer to: `RESTRICTED`, which names the first such model. For the trash
 * children that are in it do not count; for erasing all do.
 *
 * Asked without scope: a row of a shared model may be referred to by anybody's.
 */
export async function requireUnrestricted(
  unscoped: DaoContext,
  rows: readonly Row[],
  deletion: keyof typeof forbidding,
): Promise<void> {
  const among = { kind: deletion === 'trash' ? 'alive' : 'all' } as const
  for (const child of forbidding[deletion](unscoped)) {
    const held = { by: child.reference.columns, keys: heldKeys(child, rows), among }
    const found = await rowsHolding(contextOf(unscoped, child.fact), held, { limit: 1 })
    if (found.length > 0) throw restricted(child)
  }
}

export function restricted({ reference, fact }: Child): Error {
  const { columns: fields, target } = reference
  return errors.RESTRICTED({ values: { model: target, referrer: fact.name, fields: fields.join(', ') }, fields })
}
