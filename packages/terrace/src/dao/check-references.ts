import type { Binding, CompiledStatement, ReferenceCheck, SessionExecutor } from '../database/index.ts'
import type { DaoContext } from './dao-context.ts'
import { identityOf } from './key-values.ts'
import { chunksOf, longestList, padded } from './padded-count.ts'
import { missingTarget } from './reference-missing.ts'

type Encode = (value: unknown) => unknown

/** What is already known of the keys that a statement writes. */
export interface KnownKeys {
  /** The owner's column was stamped by the session: nothing to ask. */
  readonly stamped: string | null
  /** Is it the key of a row that the same call writes? */
  readonly isInSameCall: ((check: ReferenceCheck, key: readonly unknown[]) => boolean) | null
}

const nothingKnown: KnownKeys = { stamped: null, isInSameCall: null }

/**
 * Asks, once per reference and chunk, whether each row that a statement refers to is visible (for an owning parent: may be
 * written), and holds it against deletion until the session ends. `REFERENCE_MISSING`, the same for another owner's row, a
 * deleted one and none at all.
 */
export async function checkReferences(
  context: DaoContext,
  statement: CompiledStatement,
  { values, known = nothingKnown }: { readonly values: readonly unknown[]; readonly known?: KnownKeys },
): Promise<void> {
  for (const check of statement.referenceChecks) {
    if (check.columns.length === 1 && check.columns[0] === known.stamped) continue
    const keys = new Map<unknown, readonly unknown[]>()
    for (const bindings of check.keys) {
      const key = bindings.map((binding) => given(context, binding, values))
      if (key.includes(null) || known.isInSameCall?.(check, key) === true) continue
      keys.set(
        identityOf(key),
        bindings.map((binding, at) => encoded(binding, key[at])),
      )
    }
    await checkKeys(context, check, [...keys.values()])
  }
}

function given({ executor: { scope } }: DaoContext, binding: Binding, values: readonly unknown[]): unknown {
  if (binding.kind === 'value') return binding.value
  if (binding.kind === 'slot') return values[binding.slot as number]
  return scope.kind === 'actor' ? scope.actor[binding.model] : null
}

function encoded(binding: Binding, value: unknown): unknown {
  return binding.kind === 'value' || binding.encode === null ? value : (binding.encode as Encode)(value)
}

async function checkKeys(
  { executor }: DaoContext,
  check: ReferenceCheck,
  keys: readonly (readonly unknown[])[],
): Promise<void> {
  for (const chunk of chunksOf(keys, longestList(executor.capabilities.maxParameters, check.columns.length))) {
    const list = padded(chunk)
    const { rows } = await executor.run(statementOf(executor, check, list.length), list.flat())
    if (rows.length < chunk.length) throw missingTarget(check)
  }
}

// A check belongs to one statement under one shape of scope, and is kept as long as that is.
const statementsOfCheck = new WeakMap<ReferenceCheck, Map<number, CompiledStatement>>()

function statementOf({ compiler, scope }: SessionExecutor, check: ReferenceCheck, keys: number): CompiledStatement {
  const statements = statementsOfCheck.get(check) ?? new Map<number, CompiledStatement>()
  statementsOfCheck.set(check, statements)
  const known = statements.get(keys)
  if (known !== undefined) return known
  const made = compiler.compileReferenceCheck(check, keys, { scope, deleted: 'without', byRule: true, named: true })
  statements.set(keys, made)
  return made
}
