import { afterAll } from 'vitest'
import { describeEngines } from '../../../test/support/describe-engines.ts'
import type { Driver } from '../../database/index.ts'
import { schemaDialectContract } from '../../testing/contract/schema-dialect.ts'
import { createSchemaDialect, postgresDialect } from './index.ts'

const wipe = ['drop schema public cascade', 'create schema public']

describeEngines(
  'schema dialect',
  (engine) => {
    let opened: { readonly driver: Driver; readonly url: string } | null = null
    afterAll(() => opened?.driver.close())
    schemaDialectContract({
      engine: engine.name,
      runtime: postgresDialect,
      createSchemaDialect,
      isShared: engine.name === 'postgres',
      runs: 6,
      ...(engine.name === 'pglite'
        ? {
            without: {
              parts: ['growth', 'refusals', 'rules', 'properties'],
              reason: 'PostgreSQL itself, as its server is',
            },
          }
        : {}),
      // One database, emptied for each test: to create one takes longer than most tests.
      fresh: async () => {
        const { url } = opened ?? (await engine.fresh())
        opened ??= { url, driver: await postgresDialect.open({ url, pool: {} }) }
        const connection = await opened.driver.acquire({ access: 'write', timeoutMs: 5_000 })
        for (const sql of wipe) await connection.execute({ sql, parameters: [], returnsRows: false })
        await opened.driver.release(connection)
        return opened
      },
    })
  },
  // What is embedded is the same server, and slow to start: `npm run test:embedded`.
  process.env['TERRACE_TEST_ALL'] === undefined ? ['postgres'] : ['pglite', 'postgres'],
)
