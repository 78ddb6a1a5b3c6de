import { errors, issueText } from '../../errors/index.ts'
import type { SessionExecutor } from '../session.ts'
import type { Binding, CompiledStatement, ReferenceCheck } from './compiled-statement.ts'

type CheckSession = Pick<SessionExecutor, 'scope' | 'compiler' | 'capabilities' | 'run'>

// Longer lists gain nothing, and leave room for the parameters of the scope.
const mostKeys = 200

/**
 * Asks whether each row that a statement written by hand refers to is visible, and holds it until the session ends.
 * `REFERENCE_MISSING`, the same for another owner's row, a deleted one and none at all.
 */
export async function requireReferences(session: CheckSession, statement: CompiledStatement): Promise<void> {
  for (const check of statement.referenceChecks) {
    const keys = [...new Map(check.keys.map((key) => keyEntry(session, key))).values()]
    for (let at = 0; at < keys.length; at += mostKeys) await requireKeys(session, check, keys.slice(at, at + mostKeys))
  }
}

type Key = readonly unknown[]

/** Equal keys have equal texts: they are encoded by one codec. */
function keyEntry({ scope }: CheckSession, bindings: readonly Binding[]): readonly [string, Key] {
  const key = bindings.map((binding) => {
    if (binding.kind === 'value') return binding.value
    const value = binding.kind === 'owner' && scope.kind === 'actor' ? scope.actor[binding.model] : undefined
    if (value === undefined) throw errors.SCOPE_FOREIGN_QUERY()
    return binding.encode === null ? value : (binding.encode as (value: unknown) => unknown)(value)
  })
  return [JSON.stringify(key.map((value) => `${typeof value} ${String(value)}`)), key]
}

async function requireKeys(session: CheckSession, check: ReferenceCheck, keys: readonly Key[]): Promise<void> {
  const { compiler, scope } = session
  const statement = compiler.compileReferenceCheck(check, keys.length, { scope, deleted: 'without', byRule: false })
  const { rows } = await session.run(statement, keys.flat())
  if (rows.length >= keys.length) return
  const { model, columns, target } = check
  const issues = columns.map((column) => ({
    in: 'row' as const,
    path: `/${column}`,
    ...issueText('reference', { target }),
  }))
  throw errors.REFERENCE_MISSING({ values: { model, fields: columns.join(', '), target }, fields: columns, issues })
}
