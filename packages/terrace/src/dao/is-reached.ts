import type { DeletedMode, ReferenceCheck, SessionExecutor } from '../database/index.ts'
import type { ColumnFact } from '../model/index.ts'

type Encode = (value: unknown) => unknown

interface ReachedKey {
  /** The values of the target's columns, in their order. */
  readonly key: readonly unknown[]
  readonly deleted: DeletedMode
}

/**
 * Whether the session finds the row that a check asks for; it is held until the session ends. Compiled at each call: this is asked
 * where rows go for good or come back, and nowhere else.
 */
export async function isReached(
  executor: SessionExecutor,
  check: ReferenceCheck,
  { key, deleted }: ReachedKey,
): Promise<boolean> {
  const { compiler, dialect, graph, scope } = executor
  const statement = compiler.compileReferenceCheck(check, 1, { scope, deleted, byRule: true, named: false })
  const values = check.targetColumns.map((name, at) => {
    const encode = dialect.codec(graph.models[check.target]?.column[name] as ColumnFact).encode as Encode | null
    return encode === null ? key[at] : encode(key[at])
  })
  return (await executor.run(statement, values)).rows.length > 0
}
