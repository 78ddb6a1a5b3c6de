import { createQueryBuilder } from '../../../src/database/compile/create-query-builder.ts'
import { createStatementCompiler } from '../../../src/database/compile/create-statement-compiler.ts'
import { executorOf, type Session } from '../../../src/database/index.ts'
import { without, type AnyDb } from '../shop.ts'

/** Queries of a session as if the compiler limited nothing: what is left out, the database has left out. */
export function unguardedQueries(session: Session): AnyDb {
  const executor = executorOf(session)
  const { dialect, capabilities, graph } = executor
  const open = without(graph, { references: [], access: { kind: 'open' }, softDelete: null })
  const compiler = createStatementCompiler({ graph: open, dialect, capabilities })
  const unguarded = new Proxy(executor, {
    get: (target, name) => {
      if (name === 'compiler') return compiler
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return createQueryBuilder(unguarded, { allowUnbounded: true }) as unknown as AnyDb
}
