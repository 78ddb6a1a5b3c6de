import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeEngines } from '../support/describe-engines.ts'
import { endingsOn } from './endings.ts'
import { enginesFor, isLong } from './how-long.ts'
import { openStand, type Stand } from './stand.ts'
import { allowedBy, labelsOf } from './stored-kinds.ts'

describeEngines(
  'B7 · a request ends, committed if and only if its client is told of success:',
  (engine) => {
    let stand: Stand
    let count = 0
    beforeAll(async () => {
      const { url } = quick(await engine.fresh())
      stand = await openStand(engine.name, url, {
        limits: { requestTimeoutMs: 1_000, headersTimeoutMs: 900 },
        pool: { size: 4, overflow: 0, timeoutMs: 400, statementTimeoutMs: 500 },
      })
    })
    afterAll(() => stand.close())

    // Without the time for all, a server shows what only servers can.
    const isShort = !isLong && engine.name === 'postgres'
    const endings = endingsOn(engine.name).filter(
      ({ engines }) => !isShort || engines?.includes('sqliteFile') === false,
    )
    test.each(endings.map((ending) => [ending.name, ending] as const))('%s', async (_name, ending) => {
      const label = `ending ${(count += 1)}`
      stand.errors.length = 0
      const { proxy, stage, app } = stand
      const answer = await ending.ask(stand, label)
      await expect.poll(() => inUse(stand), { timeout: 5_000 }).toBe(0)

      const { status, isWhole } = answer
      expect({ status: status === 200 && !isWhole ? 'broken' : status, code: answer.code }).toEqual({
        status: ending.status,
        code: ending.code ?? null,
      })
      expect(answer.retryAfter !== null).toBe(ending.status === 503 && ending.code !== 'COMMIT_UNKNOWN')
      const stored = await stand.stored(label)
      expect(allowedBy(ending).map((kinds) => labelsOf(label, kinds))).toContainEqual(stored)
      expect([undefined, stage.runsOf(label)]).toContain(ending.runs)
      // What is finished after the answer may be logged after it.
      await expect.poll(() => stand.errors.length).toBe(ending.logged ?? 0)
      // A server notices only after a while that its client is gone.
      await expect.poll(() => stand.openTransactions(), { timeout: 5_000 }).toBe(0)
      expect(app.database.stats().waiting).toBe(0)
      expect(proxy === null || app.database.stats().size <= 4).toBe(true)
    })
  },
  enginesFor(['sqliteFile', 'sqliteMemory', 'postgres', 'mysql'], ['sqliteFile', 'postgres']),
)

/** PostgreSQL looks for a deadlock after a second, unless it is told otherwise. */
function quick({ url }: { readonly url: string }): { readonly url: string } {
  return { url: url.startsWith('postgres:') ? `${url}?options=${encodeURIComponent('-c deadlock_timeout=50ms')}` : url }
}

function inUse({ app }: Stand): number {
  const { size, idle } = app.database.stats()
  return size - idle
}
