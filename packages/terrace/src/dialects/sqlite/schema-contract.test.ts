import { afterEach } from 'vitest'
import { describeEngines } from '../../../test/support/describe-engines.ts'
import type { Driver } from '../../database/index.ts'
import { schemaDialectContract } from '../../testing/contract/schema-dialect.ts'
import { createSchemaDialect, createSqliteDialect } from './index.ts'

// Shorter than the waiting of starters, which is what is tried here.
const sqliteDialect = createSqliteDialect({ busyTimeoutMs: 100 })

describeEngines(
  'schema dialect',
  (engine) => {
    const open: Driver[] = []
    afterEach(async () => {
      for (const driver of open.splice(0)) await driver.close()
    })
    schemaDialectContract({
      engine: engine.name,
      runtime: sqliteDialect,
      createSchemaDialect,
      isShared: engine.name === 'sqliteFile',
      runs: engine.name === 'sqliteFile' ? 20 : 100,
      fresh: async () => {
        const { url } = await engine.fresh()
        const driver = await sqliteDialect.open({ url, pool: {} })
        open.push(driver)
        return { driver, url }
      },
    })
  },
  ['sqliteFile', 'sqliteMemory'],
)
