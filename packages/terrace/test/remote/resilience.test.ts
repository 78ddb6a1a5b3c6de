import type { ServerResponse } from 'node:http'
import { describe, expect, test, vi } from 'vitest'
import { openThings, refusal } from './one-source.ts'
import { json, stubServer } from './stub-server.ts'
import type { Seen } from './stub-server.ts'

/** A machine under load takes its time. */
const patient = { timeout: 15_000 }

const row = { id: 7, name: 'Seven' }
const params = { id: '7' }

/** Answers with these statuses in turn, the last one for ever; 200 with a row. */
function statuses(...given: readonly number[]) {
  let at = 0
  return (_: Seen, response: ServerResponse): void => {
    const status = given[Math.min(at++, given.length - 1)] ?? 200
    if (status === 200) json(response, row)
    else response.writeHead(status).end('nothing of this is told')
  }
}

/** A clock that only pauses move, and chance that is no chance. */
function testTime(random = 0) {
  const pauses: number[] = []
  let nowMs = 0
  const sleep = async (ms: number): Promise<void> => {
    pauses.push(ms)
    nowMs += ms
  }
  return { pauses, time: { now: () => nowMs, sleep, random: () => random }, pass: (ms: number) => (nowMs += ms) }
}

describe('repetitions', () => {
  test.each([408, 425, 429, 500, 502, 503, 504])('a status %i is tried again', async (status) => {
    await using server = await stubServer(statuses(status, status, 200))
    await using open = await openThings(server.host)
    expect(await open.dao.find({ params })).toEqual(row)
    expect(open.told.calls[0]).toMatchObject({ outcome: 'ok', retries: 2, status: 200 })
  })

  test.each([
    [400, 'REMOTE_REFUSED'],
    [401, 'REMOTE_REFUSED'],
    [403, 'REMOTE_REFUSED'],
    [404, 'REMOTE_REFUSED'],
    [418, 'REMOTE_REFUSED'],
    [304, 'REMOTE_REFUSED'],
    [501, 'REMOTE_UNAVAILABLE'],
    [599, 'REMOTE_UNAVAILABLE'],
  ])('a status %i is not, and is %s', async (status, code) => {
    await using server = await stubServer(statuses(status))
    await using open = await openThings(server.host)
    expect((await refusal(open.dao.find({ params }))).split(':')[0]).toBe(code)
    expect(server.seen.length).toBe(1)
    expect(open.told.calls[0]).toMatchObject({ outcome: code, status, retries: 0 })
  })

  test('what is not idempotent is sent once, unless it has a key that makes its repetitions one', async () => {
    await using server = await stubServer(statuses(503, 503, 503, 200))
    await using open = await openThings(server.host)
    expect(await refusal(open.dao.add({ body: { name: 'a' } }))).toContain('REMOTE_UNAVAILABLE')
    expect(server.seen.length).toBe(1)
    expect(await open.dao.addOnce({ body: { name: 'a' } })).toEqual(row)
    const keys = server.seen.slice(1).map(({ headers }) => headers['idempotency-key'])
    expect(keys).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), keys[0], keys[0]])
    await open.dao.addOnce({ body: { name: 'b' } })
    await open.dao.addOnce({ body: { name: 'c' } }, { idempotencyKey: 'mine' })
    const [next, own] = server.seen.slice(-2).map(({ headers }) => headers['idempotency-key'])
    expect([next === keys[0], own]).toEqual([false, 'mine'])
  })

  test('429 with retry-after is waited for within its limit', async () => {
    let asked = 0
    await using server = await stubServer((_, response) => {
      asked += 1
      if (asked === 1) response.writeHead(429, { 'retry-after': '3' }).end()
      else json(response, row)
    })
    const { pauses, time } = testTime()
    const options = { timeouts: { wholeMs: 10_000 }, retries: { most: 2 } }
    await using open = await openThings(server.host, options, { time })
    expect(await open.dao.find({ params })).toEqual(row)
    expect(pauses).toEqual([3_000])
  })

  test('a longer wait is passed on to the caller', async () => {
    await using server = await stubServer((_, response) => response.writeHead(429, { 'retry-after': '120' }).end())
    await using open = await openThings(server.host)
    await expect(open.dao.find({ params })).rejects.toMatchObject({
      code: 'REMOTE_UNAVAILABLE',
      retryAfterSeconds: 120,
    })
    expect(server.seen.length).toBe(1)
  })

  test('a source that always fails is asked a little more, not three times as often', async () => {
    await using server = await stubServer(statuses(503))
    await using open = await openThings(server.host)
    for (let call = 0; call < 50; call += 1) await refusal(open.dao.find({ params }))
    // 50 calls, 10 repetitions at once, then one for five calls.
    expect(server.seen.length).toBeGreaterThanOrEqual(60)
    expect(server.seen.length).toBeLessThanOrEqual(70)
  })
})

describe('the breaker', () => {
  const breaker = { failures: 3, openMs: 1_000 }

  test('opens after failures in a row, refuses at once, lets one call through, and closes when that one is answered', async () => {
    let isDown = true
    await using server = await stubServer((_, response) => {
      if (isDown) response.writeHead(503).end()
      else json(response, row)
    })
    await using open = await openThings(server.host, { breaker, retries: false })
    vi.useFakeTimers({ toFake: ['Date'] })
    try {
      for (let call = 0; call < 5; call += 1)
        expect(await refusal(open.dao.find({ params }))).toContain('REMOTE_UNAVAILABLE')
      expect([server.seen.length, open.told.breaker]).toEqual([3, ['open']])
      const refused = open.dao.find({ params })
      await expect(refused).rejects.toMatchObject({
        message: 'The source things does not answer at present: it has failed repeatedly and is left alone',
        retryAfterSeconds: 1,
      })
      vi.advanceTimersByTime(1_000)
      // Of several at once one is let through, and decides for the others.
      await Promise.all(Array.from({ length: 4 }, () => refusal(open.dao.find({ params }))))
      expect([server.seen.length, open.told.breaker]).toEqual([4, ['open', 'halfOpen', 'open']])
      isDown = false
      vi.advanceTimersByTime(1_000)
      expect(await Promise.all(Array.from({ length: 4 }, () => open.dao.find({ params })))).toEqual([
        row,
        row,
        row,
        row,
      ])
      expect(open.told.breaker).toEqual(['open', 'halfOpen', 'open', 'halfOpen', 'closed'])
    } finally {
      vi.useRealTimers()
    }
  })

  test('stays closed where the source refuses, limits or answers something unexpected: it is there', async () => {
    await using server = await stubServer(({ url }, response) => {
      if (url === '/things/1') response.writeHead(429).end()
      else if (url === '/things/2') response.writeHead(401).end()
      else response.end('no JSON')
    })
    await using open = await openThings(server.host, { breaker, retries: false })
    for (const id of ['1', '2', '3', '1', '2', '3', '1', '2', '3']) await refusal(open.dao.find({ params: { id } }))
    expect([server.seen.length, open.told.breaker]).toEqual([9, []])
  })

  test('a call that nobody waits for does not count, but does not close it either', async () => {
    let answers = 503
    await using server = await stubServer((_, response) => void (answers === 503 && response.writeHead(503).end()))
    const options = { breaker, retries: false, timeouts: { headersMs: 5_000, wholeMs: 5_000 } } as const
    await using open = await openThings(server.host, options)
    vi.useFakeTimers({ toFake: ['Date'] })
    try {
      for (let call = 0; call < 3; call += 1) await refusal(open.dao.find({ params }))
      answers = 0
      vi.advanceTimersByTime(1_000)
      const controller = new AbortController()
      const trial = refusal(open.dao.find({ params }, { signal: controller.signal }))
      await expect.poll(() => server.seen.length, patient).toBe(4)
      controller.abort()
      expect(await trial).toContain('REMOTE_CANCELLED')
      await expect.poll(() => open.told.breaker, patient).toEqual(['open', 'halfOpen', 'open'])
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('the bulkhead', () => {
  test('so many at once, so many that wait, and the rest is refused at once', async () => {
    const held: ServerResponse[] = []
    await using server = await stubServer((_, response) => void held.push(response))
    await using open = await openThings(server.host, { limits: { concurrency: 2, queue: 3 } })
    const calls = Array.from({ length: 6 }, () => refusal(open.dao.find({ params })))
    expect(await calls[5]).toBe(
      'REMOTE_UNAVAILABLE: The source things does not answer at present: too many calls wait for it',
    )
    await expect.poll(() => held.length, patient).toBe(2)
    for (let answered = 0; answered < 5; answered += 1) {
      await expect.poll(() => held.length, patient).toBeGreaterThan(answered)
      json(held[answered] as ServerResponse, row)
    }
    expect(await Promise.all(calls.slice(0, 5))).toEqual(Array(5).fill('none'))
    expect(server.seen.length).toBe(5)
  })

  test('a call that waits for its turn stops waiting when nobody waits for it', async () => {
    await using server = await stubServer(() => {})
    const options = { limits: { concurrency: 1, queue: 3 }, timeouts: { headersMs: 5_000, wholeMs: 5_000 } }
    await using open = await openThings(server.host, options)
    const first = refusal(open.dao.find({ params }))
    await expect.poll(() => server.seen.length, patient).toBe(1)
    const controller = new AbortController()
    const second = refusal(open.dao.find({ params }, { signal: controller.signal }))
    controller.abort()
    expect(await second).toContain('REMOTE_CANCELLED')
    await open.close()
    expect(await first).toContain('REMOTE_')
    expect(server.seen.length).toBe(1)
  })
})

describe('answers that are kept', () => {
  test('are given again until their time, then asked for anew', async () => {
    let version = 0
    await using server = await stubServer((_, response) => json(response, { id: (version += 1), name: 'a' }))
    const { time, pass } = testTime()
    await using open = await openThings(server.host, {}, { time })
    const ids = async () => [(await open.dao.kept({ params })).id, (await open.dao.kept({ params: { id: '8' } })).id]
    expect([await ids(), await ids()]).toEqual([
      [1, 2],
      [1, 2],
    ])
    pass(60_000)
    expect(await ids()).toEqual([3, 4])
    expect(open.told.calls.map(({ from }) => from)).toEqual(['source', 'source', 'cache', 'cache', 'source', 'source'])
  })

  test('are nobody else’s to change', async () => {
    await using server = await stubServer((_, response) => json(response, row))
    await using open = await openThings(server.host)
    const first = (await open.dao.kept({ params })) as { name: string }
    first.name = 'changed'
    expect(await open.dao.kept({ params })).toEqual(row)
    expect(server.seen.length).toBe(1)
  })

  test('stand in when the source fails, and not for what it refuses', async () => {
    let status = 200
    await using server = await stubServer((seen, response) => statuses(status)(seen, response))
    const { time, pass } = testTime()
    await using open = await openThings(server.host, {}, { time })
    await open.dao.kept({ params })
    pass(60_000)
    status = 503
    expect(await open.dao.kept({ params })).toEqual(row)
    expect(open.told.calls.at(-1)).toMatchObject({ outcome: 'ok', from: 'stale' })
    status = 403
    expect(await refusal(open.dao.kept({ params }))).toContain('REMOTE_REFUSED')
    status = 503
    pass(60_000)
    expect(await refusal(open.dao.kept({ params }))).toContain('REMOTE_UNAVAILABLE')
  })

  test('equal calls at once are one request, which ends when the last of them is given up', async () => {
    const held: ServerResponse[] = []
    const closed = Promise.withResolvers<void>()
    await using server = await stubServer((_, response) => {
      held.push(response)
      response.on('close', () => closed.resolve())
    })
    await using open = await openThings(server.host, { timeouts: { headersMs: 5_000, wholeMs: 5_000 } })
    const controllers = [new AbortController(), new AbortController(), new AbortController()]
    const calls = controllers.map(({ signal }) => refusal(open.dao.kept({ params }, { signal })))
    await expect.poll(() => held.length, patient).toBe(1)
    controllers[0]?.abort()
    expect(await calls[0]).toContain('REMOTE_CANCELLED')
    json(held[0] as ServerResponse, row)
    expect(await Promise.all(calls.slice(1))).toEqual(['none', 'none'])
    expect(open.told.calls.map(({ from }) => from).toSorted()).toEqual(['shared', 'shared', 'source'])

    const others = [new AbortController(), new AbortController()]
    const given = others.map(({ signal }) => refusal(open.dao.kept({ params: { id: '8' } }, { signal })))
    await expect.poll(() => held.length, patient).toBe(2)
    for (const controller of others) controller.abort()
    await Promise.all(given)
    await closed.promise
    // Whoever comes now begins anew.
    const anew = open.dao.kept({ params: { id: '8' } })
    await expect.poll(() => held.length, patient).toBe(3)
    json(held[2] as ServerResponse, row)
    expect(await anew).toEqual(row)
  })

  test('are told apart by whoever asks', async () => {
    await using server = await stubServer(({ headers }, response) =>
      json(response, { id: 1, name: String(headers['x-user']) }),
    )
    await using open = await openThings(server.host)
    const nameFor = async (user: string) =>
      (await open.dao.kept({ params }, { credentials: { headers: { 'X-User': user } } })).name
    expect([await nameFor('ann'), await nameFor('bob'), await nameFor('ann')]).toEqual(['ann', 'bob', 'ann'])
    expect(server.seen.length).toBe(2)
  })

  test('are kept as long as the source says, where that was asked for', async () => {
    await using server = await stubServer(({ url }, response) =>
      json(response, row, { 'cache-control': url === '/things/1' ? 'no-store' : 'max-age=10' }),
    )
    const { time, pass } = testTime()
    await using open = await openThings(server.host, {}, { time })
    for (const id of ['1', '1', '2', '2']) await open.dao.heeding({ params: { id } })
    pass(10_000)
    await open.dao.heeding({ params: { id: '2' } })
    expect(server.seen.map(({ url }) => url)).toEqual(['/things/1', '/things/1', '/things/2', '/things/2'])
  })
})
