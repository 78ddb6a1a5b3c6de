import { afterEach } from 'vitest'
import { describeEngines } from '../../../test/support/describe-engines.ts'
import type { Driver } from '../../database/index.ts'
import { schemaDialectContract } from '../../testing/contract/schema-dialect.ts'
import { createSchemaDialect, mysqlDialect } from './index.ts'

describeEngines(
  'schema dialect',
  (engine) => {
    const open: Driver[] = []
    afterEach(async () => {
      for (const driver of open.splice(0)) await driver.close()
    })
    schemaDialectContract({
      engine: engine.name,
      runtime: mysqlDialect,
      createSchemaDialect,
      isShared: true,
      runs: 6,
      fresh: async () => {
        const { url } = await engine.fresh()
        const driver = await mysqlDialect.open({ url, pool: {} })
        open.push(driver)
        return { driver, url }
      },
    })
  },
  ['mysql'],
)
