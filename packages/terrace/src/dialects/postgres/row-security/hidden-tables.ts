import type { Connection } from '../../../database/index.ts'
import { readPolicies, type LivePolicy } from './live-policies.ts'

const commands = ['r', 'a', 'w', 'd']

/** Tables whose policies hold for this connection: of all of them, or of those that `terrace.unscoped` would not open. */
export async function hiddenTables(connection: Connection, which: 'all' | 'unshowable'): Promise<readonly string[]> {
  const { tables, policies } = await readPolicies(connection)
  const active = tables.filter(({ isActive }) => isActive).map(({ name }) => name)
  if (which === 'all') return active
  return active.filter((name) => !isShowable(policies.filter(({ table }) => table === name)))
}

/** Our own, as they were made, for every command, and none of others that narrows. */
function isShowable(policies: readonly LivePolicy[]): boolean {
  const own = policies.filter(({ mark, isPermissive }) => mark?.isIntact === true && isPermissive)
  const opens = (one: string): boolean => own.some(({ command }) => command === '*' || command === one)
  return commands.every(opens) && policies.every(({ isPermissive }) => isPermissive)
}
