import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { RightOfWay } from './right-of-way.ts'

test('whoever takes it waits for the units under way, and those that come wait for its end', async () => {
  const way = new RightOfWay(5_000)
  const seen: string[] = []
  expect(way.taken).toBeNull()
  way.enter()
  const taking = way.take(async () => {
    seen.push('alone')
    await sleep(5)
    seen.push('over')
  })
  const waiting = way.taken?.then(() => seen.push('the next'))
  await sleep(10)
  expect(seen).toEqual([])
  way.leave()
  await Promise.all([taking, waiting])
  expect(seen).toEqual(['alone', 'over', 'the next'])
  expect(way.taken).toBeNull()
})

test('it is given back when its work fails', async () => {
  const way = new RightOfWay(5_000)
  await expect(way.take(() => Promise.reject(new Error('mine')))).rejects.toThrow('mine')
  expect(way.taken).toBeNull()
})

test('nobody waits for what does not end', async () => {
  const way = new RightOfWay(20)
  way.enter()
  const never = way.take(() => new Promise<never>(() => undefined))
  await way.taken
  await expect(Promise.race([never, sleep(50, 'still at work')])).resolves.toBe('still at work')
})
