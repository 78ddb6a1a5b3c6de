import { describeEngines } from '../../../test/support/describe-engines.ts'
import { runtimeDialectContract } from '../../testing/contract/runtime-dialect.ts'
import { createSqliteDialect } from './dialect.ts'

describeEngines(
  'runtime dialect',
  (engine) => {
    runtimeDialectContract({
      engine: engine.name,
      // Waiting five seconds for a lock would show nothing more.
      createDialect: (load) => createSqliteDialect({ busyTimeoutMs: 100, ...(load === undefined ? {} : { load }) }),
      freshUrl: async () => (await engine.fresh()).url,
    })
  },
  ['sqliteFile', 'sqliteMemory'],
)
