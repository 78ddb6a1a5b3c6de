import type { RowIdentity } from '../../../database/index.ts'
import { doubleQuoteName as quote, quoteText } from '../../../schema/index.ts'

/**
 * Says in one text whose rows the transaction is for from here on: `set local role …; select set_config(…)`. All of it is the
 * transaction's own, so that a pooler hands nothing on. Texts have no NUL, and a backslash is itself: connections are refused where
 * it is not.
 */
export function identitySql({ role, settings }: RowIdentity): string {
  const told = settings.map(([name, value]) => `set_config(${quoteText(name)}, ${quoteText(value)}, true)`).join(', ')
  return `${role === null ? '' : `set local role ${quote(role)}; `}select ${told}`
}
