import type { WithNode } from 'kysely'
import { errors } from '../../errors/index.ts'
import type { Pass } from './pass.ts'
import { withClause, type CompiledWith } from './with.ts'

/** WITH in front of a write, where the engine has it. */
export function writeWith(pass: Pass, node: WithNode | undefined): CompiledWith {
  const { withBeforeWrite, product } = pass.capabilities
  if (node !== undefined && !withBeforeWrite) {
    throw errors.SCOPE_UNSUPPORTED({
      values: { what: 'WITH in front of a write', product, remedy: 'Put the query into where(…, "in", …)' },
    })
  }
  return withClause(pass, node, { outer: null, ctes: null })
}
