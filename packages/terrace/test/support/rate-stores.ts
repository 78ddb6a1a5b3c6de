import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/connect/index.ts'
import type { Database } from '../../src/database/index.ts'
import { graph } from '../../src/model/index.ts'
import { databaseRates, memoryRates, rateCounts, redisRates, waitMsOf } from '../../src/rate/index.ts'
import type { RateCounter, RateLimit, RateStore, Units } from '../../src/rate/index.ts'
import { describeEngines } from './describe-engines.ts'

export const redisUrl = process.env['TERRACE_TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379'

export const rateModels = graph({ RateCount: rateCounts() })

/** A store that several instances share, each by a store of its own. */
export interface StoreUnderTest {
  readonly name: string
  /** As many instances as asked for; what the last one is closed with closes all. */
  open(instances: number): Promise<OpenStores>
}

export interface OpenStores {
  readonly stores: readonly { readonly store: RateStore; readonly units: Units }[]
  close(): Promise<void>
}

const noDatabase: Units = { session: () => Promise.reject(new Error('no database is asked')) }

const answers = await new Promise<boolean>((resolve) => {
  const { hostname, port } = new URL(redisUrl)
  const socket = connect({ host: hostname, port: Number(port === '' ? 6379 : port), timeout: 1_000 })
  const end = (isThere: boolean) => () => {
    socket.destroy()
    resolve(isThere)
  }
  socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false))
})
const isRequired = (process.env['TERRACE_TEST_REQUIRE'] ?? '').split(',').some((name) => name.trim() === 'redis')
if (!answers) console.warn(`redis: tests are skipped, ${redisUrl} does not answer`)
export const redisAnswers = answers

/** In front of all keys of this run. */
export const prefix = `terrace-test-${process.pid}-${Date.now()}:`

const redis: StoreUnderTest = {
  name: 'redis',
  open: async (instances) => {
    const stores = Array.from({ length: instances }, () => ({
      store: redisRates({ url: redisUrl, onFailure: 'refuse', timeoutMs: 5_000, prefix }),
      units: noDatabase,
    }))
    return {
      stores,
      close: async () => {
        for (const { store } of stores) await store.close?.()
      },
    }
  },
}

const memory: StoreUnderTest = {
  name: 'memory',
  open: async () => ({ stores: [{ store: memoryRates(), units: noDatabase }], close: async () => undefined }),
}

/** The same tests for each place where it can be counted. */
export function describeStores(title: string, declare: (store: StoreUnderTest) => void): void {
  describe(`${title} · memory`, () => declare(memory))
  if (answers) describe(`${title} · redis`, () => declare(redis))
  else if (isRequired)
    test(`${title} · redis is required by TERRACE_TEST_REQUIRE`, () => expect.fail('it does not answer'))
  else describe.skip(`${title} · redis (skipped: ${redisUrl} does not answer)`, () => test('needs Redis', () => {}))
  describeEngines(title, (engine) =>
    declare({
      name: engine.name,
      open: async (instances) => {
        const { url } = await engine.fresh()
        // An engine inside the process has one process.
        const isShared = !['sqliteMemory', 'pglite'].includes(engine.name)
        const databases: Database[] = []
        for (let at = 0; at < (isShared ? instances : 1); at += 1)
          databases.push(await openDatabase(url, { models: rateModels, pool: { timeoutMs: 60_000 } }))
        const stores = databases.map((database) => ({
          store: databaseRates(rateModels.RateCount),
          units: { session: (scope, work) => database.session(scope, work, { repeatable: true }) } satisfies Units,
        }))
        return {
          stores,
          close: async () => {
            for (const database of databases) await database.close()
          },
        }
      },
    }),
  )
}

/** How long one more of a key has to wait; counted where it is 0. */
export async function waitMs(
  counter: RateCounter,
  key: string,
  { limit, units }: { readonly limit: RateLimit; readonly units: Units },
): Promise<number> {
  return waitMsOf(await counter.take(key, units), limit)
}
