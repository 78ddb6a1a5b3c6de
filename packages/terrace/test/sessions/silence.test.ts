import { afterAll, describe, expect, test } from 'vitest'
import { cuttingProxy, type CuttingProxy } from '../support/cutting-proxy.ts'
import { describeEngines } from '../support/describe-engines.ts'
import {
  committed,
  device,
  hit,
  insert,
  labels,
  openBench,
  rejection,
  type BenchOptions,
  type SessionBench,
} from '../support/session-bench.ts'
import { enginesFor } from './how-long.ts'

const limitMs = 150

describeEngines(
  'B7 · a server that falls silent',
  (engine) => {
    const closing: (() => Promise<void>)[] = []
    afterAll(async () => {
      for (const close of closing.toReversed()) await close()
    })

    async function open(
      options: BenchOptions = {},
    ): Promise<{ direct: SessionBench; proxy: CuttingProxy; through: SessionBench }> {
      const direct = await openBench(engine)
      const proxy = await cuttingProxy(direct.url)
      const through = await openBench(engine, { url: proxy.url, statementTimeoutMs: limitMs, ...options })
      closing.push(
        () => direct.db.close(),
        proxy.close,
        () => through.db.close(),
      )
      return { direct, proxy, through }
    }

    test('while committing is COMMIT_UNKNOWN, in half of the cases committed; nothing runs again, no hook runs, the connection is destroyed', async () => {
      const { direct, proxy, through } = await open()
      const [runs, hooks]: [string[], string[]] = [[], []]
      const wanted: string[] = []
      for (let round = 0; round < 3; round += 1) {
        for (const how of ['cutAt', 'silenceAt'] as const) {
          for (const when of ['before', 'after'] as const) {
            const label = `${how} ${when} ${round}`
            if (when === 'after') wanted.push(label)
            const unit = through.db.session(
              device,
              async (session) => {
                runs.push(label)
                session.afterCommit(() => void hooks.push(label))
                session.afterRollback(async () => void hooks.push(label))
                await insert(session, label)
                proxy[how]('commit', when)
              },
              { repeatable: true },
            )
            await expect(unit).rejects.toMatchObject({ code: 'COMMIT_UNKNOWN', kind: 'unavailable' })
            expect(through.driver.calls.at(-1)).toBe('release broken')
          }
        }
      }
      expect(runs).toHaveLength(12)
      expect(hooks).toEqual([])
      expect(through.db.counts()).toMatchObject({ commitUnknown: 12, retried: 0, rolledBack: 0 })
      expect(await committed(direct)).toEqual(wanted.toSorted())
      await expect.poll(() => through.db.stats()).toMatchObject({ waiting: 0 })
    })

    test('while committing what only read is DATABASE_TIMEOUT: there is nothing to be unsure of', async () => {
      const { proxy, through } = await open()
      const unit = through.db.session(
        device,
        async (session) => {
          await labels(session)
          proxy.silenceAt('commit', 'before')
        },
        { readOnly: true, snapshot: true },
      )
      await expect(unit).rejects.toMatchObject({ code: 'DATABASE_TIMEOUT', retryAfterSeconds: 1 })
    })

    test.each(['BEGIN', 'a statement', 'a savepoint', 'its release', 'ROLLBACK'] as const)(
      'in %s ends the unit in time, and the next one works',
      async (where) => {
        const { direct, proxy, through } = await open()
        const texts = {
          BEGIN: engine.name === 'mysql' ? 'start transaction' : 'begin',
          'a statement': 'the second',
          'a savepoint': 'savepoint',
          'its release': 'release',
          ROLLBACK: 'rollback',
        } as const
        const work = through.db.session(device, async (session) => {
          if (where === 'BEGIN') proxy.silenceAt(texts[where], 'before')
          await insert(session, 'the first')
          if (where !== 'BEGIN') proxy.silenceAt(texts[where], 'after')
          await session.nested((inner) => insert(inner, 'the second'))
          throw new Error('mine')
        })
        const startedAt = performance.now()
        const late = expect.objectContaining({ code: 'DATABASE_TIMEOUT', kind: 'unavailable' })
        // The work's own error is the one to tell.
        expect(await rejection(work)).toEqual(where === 'ROLLBACK' ? new Error('mine') : late)
        expect(performance.now() - startedAt).toBeLessThan(limitMs + 2_000)
        expect(through.driver.calls.at(-1)).toBe('release broken')
        await through.db.session(device, (session) => insert(session, 'the third'))
        expect(await committed(direct)).toEqual(['the third'])
      },
    )

    test('to whoever asks whether it is there: the question gives its connection back, and the next one is answered', async () => {
      const { proxy, through } = await open({ pool: { size: 1, overflow: 0, prePing: false }, acquireTimeoutMs: 200 })
      await through.db.ping()
      proxy.setSilent(true)
      await expect(through.db.ping()).rejects.toMatchObject({ code: 'DATABASE_TIMEOUT' })
      proxy.setSilent(false)
      const isAnswered = () =>
        through.db.ping().then(
          () => true,
          () => false,
        )
      await expect.poll(isAnswered, { timeout: 5_000 }).toBe(true)
    })

    describe('how long is waited', () => {
      test('is the session’s own affair where it says so', async () => {
        const { direct } = await open()
        const id = await direct.db.session(device, (session) => insert(session, 'locked'))
        const locked = Promise.withResolvers<void>()
        const over = Promise.withResolvers<void>()
        const holder = direct.db.session(device, async (session) => {
          await hit(session, id)
          locked.resolve()
          await over.promise
        })
        await locked.promise
        const late = direct.db.session(device, (session) => hit(session, id), { statementTimeoutMs: limitMs })
        await expect(late).rejects.toMatchObject({ code: 'DATABASE_TIMEOUT' })
        const patient = direct.db.session(device, (session) => hit(session, id), { statementTimeoutMs: 0 })
        over.resolve()
        await Promise.all([holder, patient])
      })

      test.each([Infinity, -1, 0.5, 2 ** 31, NaN])('%s is refused: no timer can wait for it', async (given) => {
        const { direct } = await open()
        await expect(
          direct.db.session(device, (session) => labels(session), { statementTimeoutMs: given }),
        ).rejects.toMatchObject({ code: 'TIMEOUT_OPTION', kind: 'declaration' })
      })
    })
  },
  enginesFor(['postgres', 'mysql'], ['postgres']),
)
