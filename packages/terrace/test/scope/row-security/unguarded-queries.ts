import type { RootOperationNode } from 'kysely'
import { createQueryBuilder } from '../../../src/database/compile/create-query-builder.ts'
import { createStatementCompiler } from '../../../src/database/compile/create-statement-compiler.ts'
import { executorOf, type Session, type SessionExecutor, type StatementCompiler } from '../../../src/database/index.ts'
import { without, type AnyDb } from '../shop.ts'

/** Queries of a session as if the compiler limited nothing: what is left out, the database has left out. */
export function unguardedQueries(session: Session): AnyDb {
  const executor = executorOf(session)
  const compiler = unguardedCompiler(executor)
  const unguarded = new Proxy(executor, {
    get: (target, name) => {
      if (name === 'compiler') return compiler
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return createQueryBuilder(unguarded, { allowUnbounded: true }) as unknown as AnyDb
}

/** A collation that queries made by chance use. */
export const collation = 'C'

/** Runs a tree in a session, as its own compiler makes it or as one that limits nothing. */
export async function runTree(
  session: Session,
  node: RootOperationNode,
  guard: 'guarded' | 'unguarded',
): Promise<readonly unknown[]> {
  const executor = executorOf(session)
  const { dialect, capabilities, graph, scope } = executor
  const compiler =
    guard === 'unguarded'
      ? unguardedCompiler(executor)
      : createStatementCompiler({ graph, dialect, capabilities, allow: { collations: [collation] } })
  const statement = compiler.compile(node, { scope, deleted: 'without', byRule: false, stamps: executor })
  return (await executor.run(statement)).rows
}

function unguardedCompiler({ dialect, capabilities, graph }: SessionExecutor): StatementCompiler {
  const open = without(graph, { references: [], access: { kind: 'open' }, softDelete: null })
  return createStatementCompiler({ graph: open, dialect, capabilities, allow: { collations: [collation] } })
}
