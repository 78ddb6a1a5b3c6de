import { describeEngines } from '../../../test/support/describe-engines.ts'
import { runtimeDialectContract } from '../../testing/contract/runtime-dialect.ts'
import { createMysqlDialect } from './dialect.ts'

describeEngines(
  'runtime dialect',
  (engine) => {
    runtimeDialectContract({
      engine: engine.name,
      createDialect: (load) => createMysqlDialect(load === undefined ? {} : { load }),
      freshUrl: async () => (await engine.fresh()).url,
    })
  },
  ['mysql'],
)
