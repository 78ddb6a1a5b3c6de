import { afterAll } from 'vitest'
import type { Driver, PoolOptions } from '../../../database/index.ts'
import { engineFacts } from './engine-facts.ts'
import { runOn, type Bench, type DialectUnderContract, type GetBench, type Run } from './subject.ts'

/** Opened by the first test that asks, closed after the last one of the block. */
export function useBench(subject: DialectUnderContract, pool: PoolOptions = {}): GetBench {
  const drivers: Driver[] = []
  let opened: Promise<Bench> | undefined
  afterAll(async () => {
    await opened?.catch(() => null)
    await Promise.all(drivers.map((driver) => driver.close()))
  })
  return () => {
    opened ??= openBench(subject, pool, drivers)
    return opened
  }
}

async function openBench(subject: DialectUnderContract, pool: PoolOptions, drivers: Driver[]): Promise<Bench> {
  const facts = engineFacts[subject.engine]
  const dialect = subject.createDialect()
  const url = await subject.freshUrl()
  const open = async (poolOfOne: PoolOptions): Promise<Driver> => {
    const opened = await dialect.open({ url, pool: poolOfOne })
    drivers.push(opened)
    return opened
  }
  const driver = await open(pool)
  let names = 0
  const use: Bench['use'] = async (work, options = {}) => {
    const from = options.driver ?? driver
    const connection = await from.acquire({ access: options.access ?? 'write', timeoutMs: 2_000 })
    try {
      return await work(runOn(connection, facts), connection)
    } finally {
      await from.release(connection)
    }
  }
  const run: Run = (sql, ...parameters) => use((runOne) => runOne(sql, ...parameters))
  return {
    subject,
    facts,
    dialect,
    url,
    driver,
    another: (poolOfOne = {}) => open(poolOfOne),
    use,
    run,
    newName: () => `t${(names += 1)}`,
    sqlType: facts.sqlType,
    createTable: async (table, definitions) => {
      await run(`create table ${table} (${definitions})${facts.tableOptions}`)
    },
  }
}
