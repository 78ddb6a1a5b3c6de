import { expect, test } from 'vitest'
import { Turns } from './turns.ts'

test('works run one after the other, in the order given, also after one that failed', async () => {
  const turns = new Turns(1_000)
  const log: string[] = []
  const work = (name: string) => async () => {
    log.push(`${name} begins`)
    await Promise.resolve()
    log.push(`${name} ends`)
    if (name === 'a') throw new Error(name)
  }
  const results = await Promise.allSettled(['a', 'b', 'c'].map((name) => turns.take(work(name))))
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
})

test('a work that never ends does not stop the others', async () => {
  const turns = new Turns(5)
  void turns.take(() => new Promise<never>(() => undefined))
  await expect(turns.take(async () => 'mine')).resolves.toBe('mine')
})
