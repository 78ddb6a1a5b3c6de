import { errors } from '../errors/index.ts'
import type { Capabilities, IsolationLevel } from './capabilities.ts'

const fromWeakest = ['readCommitted', 'repeatableRead', 'serializable'] as const satisfies readonly IsolationLevel[]

/** The weakest level of the engine that promises what was asked for; `SESSION_ISOLATION` when none does. */
export function isolationAtLeast(wanted: IsolationLevel, capabilities: Capabilities): IsolationLevel {
  const enough = fromWeakest.slice(fromWeakest.indexOf(wanted))
  const offered = enough.find((level) => capabilities.isolationLevels.includes(level))
  if (offered !== undefined) return offered
  const { product, isolationLevels } = capabilities
  throw errors.SESSION_ISOLATION({ values: { isolation: wanted, product, offered: isolationLevels.join(', ') } })
}
