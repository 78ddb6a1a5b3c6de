import { beforeAll, expect, test } from 'vitest'
import { moveDatabase } from '../../src/connect/index.ts'
import { freshDatabase, type EngineName } from '../../src/testing/servers.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { fillDatabase, rowsIn, type Rows } from './filled-database.ts'
import { valueModels as models, valueRows } from './value-models.ts'

const engines = ['sqliteFile', 'postgres', 'mysql'] as const

/** Once around; each pair with `npm run test:move`. */
const isLong = process.env['TERRACE_TEST_MOVE'] !== undefined
const next: Partial<Record<EngineName, EngineName>> = { sqliteFile: 'postgres', postgres: 'mysql', mysql: 'sqliteFile' }

describeEngines(
  'values of every type, moved from',
  (engine) => {
    let from: string
    let written: Rows
    beforeAll(async () => {
      from = (await engine.fresh()).url
      await fillDatabase(from, models, valueRows)
      written = await rowsIn(from, models)
    })

    test.each(engines.filter((to) => isLong || next[engine.name] === to))(
      'to %s are read there as they were, with equal sums, and the next start has nothing to do',
      async (to) => {
        const target = await freshDatabase(to)
        try {
          const { tables, left, resumed } = await moveDatabase({ from, to: target.url, models, batchRows: 7 })
          expect({ left, resumed }).toEqual({ left: [], resumed: false })
          expect(Object.fromEntries(tables.map(({ table, rows }) => [table, rows]))).toEqual(
            Object.fromEntries(Object.entries(models).map(([name, { fact }]) => [fact.table, valueRows[name]?.length])),
          )
          expect(await rowsIn(target.url, models)).toEqual(written)
        } finally {
          await target.drop()
        }
      },
    )
  },
  engines,
)
