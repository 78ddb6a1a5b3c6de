import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { WorkQueue } from './work-queue.ts'

const full = (seconds: number) => new RangeError(`full for ${seconds} s`)

test('runs so many at once, the rest in the order in which they came, and refuses what is too many', async () => {
  const queue = new WorkQueue({ running: 2, waiting: 3, full })
  const log: number[] = []
  const opened = Array.from({ length: 5 }, () => Promise.withResolvers<number>())
  const results = opened.map(({ promise }, index) =>
    queue.run(async () => {
      log.push(index)
      return promise
    }),
  )
  await turn()
  expect(log).toEqual([0, 1])
  await expect(queue.run(async () => 9)).rejects.toThrow('full for 1 s')
  opened[1]?.resolve(1)
  await results[1]
  await turn()
  expect(log).toEqual([0, 1, 2])
  for (const [index, { resolve }] of opened.entries()) resolve(index)
  expect(await Promise.all(results)).toEqual([0, 1, 2, 3, 4])
  expect(log).toEqual([0, 1, 2, 3, 4])
})

test('work that fails gives its place to the next', async () => {
  const queue = new WorkQueue({ running: 1, waiting: 1, full })
  const failing = queue.run(() => Promise.reject(new Error('broken')))
  const next = queue.run(async () => 'done')
  await expect(failing).rejects.toThrow('broken')
  expect(await next).toBe('done')
  expect(await queue.run(async () => 'again')).toBe('again')
})

test('what comes while a place is handed over does not overtake those that wait', async () => {
  const queue = new WorkQueue({ running: 1, waiting: 5, full })
  const log: string[] = []
  const first = queue.run(async () => void log.push('first'))
  const second = queue.run(async () => void log.push('second'))
  await first
  const third = queue.run(async () => void log.push('third'))
  await Promise.all([second, third])
  expect(log).toEqual(['first', 'second', 'third'])
})
