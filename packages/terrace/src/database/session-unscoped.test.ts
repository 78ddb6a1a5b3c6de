import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeEngines } from '../../test/support/describe-engines.ts'
import { device, insert, labels, openBench, type SessionBench } from '../../test/support/session-bench.ts'
import { frameworkReasons } from './framework-reasons.ts'
import { unscoped } from './scope.ts'
import type { Session } from './session.ts'

const code = (expected: string): unknown => expect.objectContaining({ code: expected })

describeEngines('Session · unscoped', (engine) => {
  let bench: SessionBench
  let count = 0
  /** A label that no other test uses. */
  const label = (): string => `label ${(count += 1)}`

  beforeAll(async () => {
    bench = await openBench(engine)
  })
  afterAll(() => bench.db.close())
  beforeEach(() => {
    bench.unscoped.length = 0
  })

  test('shares the transaction, is reported with its reason, and ends with its work', async () => {
    const name = label()
    let leaked: Session | undefined
    await bench.db.session(device, async (session) => {
      await session.unscoped('nightly cleanup', async (wide) => {
        leaked = wide
        await insert(wide, name)
      })
      expect(await labels(session)).toContain(name)
      await expect(labels(leaked as Session)).rejects.toEqual(code('SESSION_STATE'))
    })
    expect(leaked?.state).toBe('closed')
    expect(bench.unscoped).toEqual(['nightly cleanup'])
  })

  test('X1: what was opened inside it and not awaited ends with it', async () => {
    await bench.db.session(device, async (session) => {
      const leaked: Session[] = []
      const over = Promise.withResolvers<void>()
      const stay = async (inner: Session): Promise<void> => {
        leaked.push(inner)
        await over.promise
      }
      const unawaited: Promise<void>[] = []
      await session.unscoped('a part', async (wide) => {
        unawaited.push(wide.unscoped('deeper', (deeper) => deeper.unscoped('deepest', stay)))
      })
      expect(leaked.map(({ state }) => state)).toEqual(['closed'])
      for (const inner of leaked) await expect(labels(inner)).rejects.toEqual(code('SESSION_STATE'))
      over.resolve()
      await Promise.all(unawaited)
      expect(await labels(session)).toBeDefined()
    })
  })

  test('reasons of Terrace itself are counted, not reported', async () => {
    await bench.db.session(unscoped(frameworkReasons.authentication), labels)
    await bench.db.session(unscoped('a script'), labels)
    expect(bench.db.counts().unscoped.get(frameworkReasons.authentication)).toBe(1)
    expect(bench.unscoped).toEqual(['a script'])
  })

  test('needs a reason', async () => {
    await bench.db.session(device, async (session) => {
      await expect(session.unscoped(' ', labels)).rejects.toEqual(code('SCOPE_MISSING'))
    })
  })
})
