import { afterAll, expect, test } from 'vitest'
import { cuttingProxy, type CuttingProxy } from '../../test/support/cutting-proxy.ts'
import { describeEngines } from '../../test/support/describe-engines.ts'
import { committed, device, insert, labels, openBench, type SessionBench } from '../../test/support/session-bench.ts'

describeEngines(
  'a connection cut in the network',
  (engine) => {
    const closing: (() => Promise<void>)[] = []
    afterAll(async () => {
      for (const close of closing.toReversed()) await close()
    })

    async function open(): Promise<{ direct: SessionBench; proxy: CuttingProxy; through: SessionBench }> {
      const direct = await openBench(engine)
      const proxy = await cuttingProxy(direct.url)
      const through = await openBench(engine, { url: proxy.url })
      closing.push(
        () => direct.db.close(),
        proxy.close,
        () => through.db.close(),
      )
      return { direct, proxy, through }
    }

    test('while committing is COMMIT_UNKNOWN, whether the server has committed or not, and the unit never runs again', async () => {
      const { direct, proxy, through } = await open()
      for (const when of ['before', 'after'] as const) {
        let runs = 0
        const unit = through.db.session(
          device,
          async (session) => {
            runs += 1
            await insert(session, `cut ${when}`)
            proxy.cutAt('commit', when)
          },
          { repeatable: true },
        )
        await expect(unit).rejects.toMatchObject({ code: 'COMMIT_UNKNOWN', kind: 'unavailable' })
        expect(runs).toBe(1)
      }
      expect(await committed(direct)).toEqual(['cut after'])
    })

    test('while committing what only read is DATABASE_UNAVAILABLE: there is nothing to be unsure of', async () => {
      const { proxy, through } = await open()
      const unit = through.db.session(
        device,
        async (session) => {
          await labels(session)
          proxy.cutAt('commit', 'before')
        },
        { readOnly: true, snapshot: true },
      )
      await expect(unit).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
    })

    test('in a statement is DATABASE_UNAVAILABLE, and the next unit works', async () => {
      const { direct, proxy, through } = await open()
      const unit = through.db.session(device, async (session) => {
        await insert(session, 'first')
        proxy.cutAt('second', 'before')
        await insert(session, 'second')
      })
      await expect(unit).rejects.toMatchObject({
        code: 'DATABASE_UNAVAILABLE',
        kind: 'unavailable',
        retryAfterSeconds: 1,
      })
      await through.db.session(device, (session) => insert(session, 'third'))
      expect(await committed(direct)).toEqual(['third'])
      expect(through.driver.calls).toContain('release broken')
    })
  },
  ['postgres', 'mysql'],
)
