import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { ConnectionPool, type ConnectionSource } from './connection-pool.ts'

interface Line {
  readonly id: number
  isCut: boolean
  isEnded: boolean
}

interface Given {
  readonly size?: number
  readonly overflow?: number
  readonly open?: ConnectionSource<Line>['open']
  /** How long a line takes to end, in milliseconds; by default it ends at once. */
  readonly endsWithinMs?: (line: Line) => number
}

function makePool({ size = 1, overflow = 0, open, endsWithinMs }: Given = {}) {
  const lines: Line[] = []
  const openLine = (): Line => {
    const line = { id: lines.length + 1, isCut: false, isEnded: false }
    lines.push(line)
    return line
  }
  const source: ConnectionSource<Line> = {
    open: open ?? openLine,
    destroy: (line) => {
      const end = (): void => {
        line.isEnded = true
      }
      return endsWithinMs === undefined ? end() : sleep(endsWithinMs(line)).then(end)
    },
    isBroken: (line) => line.isCut,
    ping: null,
  }
  return { pool: new ConnectionPool(source, { size, overflow }), lines, openLine }
}

const code = (expected: string) => expect.objectContaining({ code: expected })

describe('a pool', () => {
  test('answers at once while a connection is idle or may be opened', () => {
    const { pool } = makePool({ size: 2 })
    const first = pool.acquire(10) as Line
    const second = pool.acquire(10) as Line
    expect([first.id, second.id]).toEqual([1, 2])
    pool.release(first)
    expect(pool.acquire(10)).toBe(first)
  })

  test('serves those who wait in the order they came, and nobody overtakes them', async () => {
    const { pool } = makePool()
    const first = await pool.acquire(1000)
    const served: number[] = []
    const use = async (name: number) => {
      const line = await pool.acquire(1000)
      served.push(name)
      await Promise.resolve()
      pool.release(line)
    }
    const waiting = [1, 2, 3].map(use)
    expect(pool.stats()).toEqual({ size: 1, idle: 0, waiting: 3 })
    pool.release(first)
    await Promise.all([...waiting, use(4)])
    expect(served).toEqual([1, 2, 3, 4])
  })

  test('lets a waiter give up, who is then never served', async () => {
    const { pool } = makePool()
    const held = await pool.acquire(1000)
    const error = await Promise.resolve(pool.acquire(5)).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'POOL_TIMEOUT', kind: 'unavailable', retryAfterSeconds: 1 })
    expect(pool.stats().waiting).toBe(0)
    pool.release(held)
    expect(pool.acquire(5)).toBe(held)
  })

  test('counts the time that opening takes', async () => {
    const { pool, openLine } = makePool({
      open: () => new Promise((resolve) => setTimeout(() => resolve(openLine()), 30)),
    })
    await expect(pool.acquire(5)).rejects.toEqual(code('POOL_TIMEOUT'))
    expect(await pool.acquire(1000)).toMatchObject({ id: 1 })
  })

  test('opens overflow under load and closes it once nobody waits', async () => {
    const { pool, lines } = makePool({ size: 1, overflow: 2 })
    const held = await Promise.all([pool.acquire(10), pool.acquire(10), pool.acquire(10)])
    for (const line of held) pool.release(line)
    expect(lines.filter((line) => !line.isEnded)).toHaveLength(1)
    expect(pool.stats()).toEqual({ size: 1, idle: 1, waiting: 0 })
  })

  test('replaces a connection that was released as broken, also for one who waits', async () => {
    const { pool, lines } = makePool()
    const held = await pool.acquire(10)
    const waiting = pool.acquire(1000)
    pool.release(held, { isBroken: true })
    expect(await waiting).toMatchObject({ id: 2 })
    expect(lines[0]?.isEnded).toBe(true)
  })

  test('never hands out an idle connection that was cut meanwhile', async () => {
    const { pool } = makePool()
    const held = await pool.acquire(10)
    pool.release(held)
    held.isCut = true
    expect(await pool.acquire(1000)).toMatchObject({ id: 2 })
  })

  test('tells each waiter why none could be opened, and opens again later', async () => {
    let isDown = true
    const { pool, openLine } = makePool({
      open: () => (isDown ? Promise.reject(new Error('down')) : Promise.resolve(openLine())),
    })
    const attempts = await Promise.allSettled([pool.acquire(500), pool.acquire(500), pool.acquire(500)])
    expect(attempts.map((attempt) => attempt.status)).toEqual(['rejected', 'rejected', 'rejected'])
    isDown = false
    expect(await pool.acquire(500)).toMatchObject({ id: 1 })
    expect(pool.stats()).toEqual({ size: 1, idle: 0, waiting: 0 })
  })

  test('close turns waiters away and waits for connections in use', async () => {
    const { pool, lines } = makePool()
    const held = await pool.acquire(10)
    const waiting = Promise.resolve(pool.acquire(1000)).catch((reason: unknown) => reason)
    const closing = Promise.all([pool.close(), pool.close()])
    expect(await waiting).toEqual(code('DATABASE_CLOSED'))
    const soon = new Promise((resolve) => setTimeout(resolve, 5, 'still open'))
    expect(await Promise.race([closing, soon])).toBe('still open')
    pool.release(held)
    await closing
    expect(lines[0]?.isEnded).toBe(true)
    expect(() => pool.acquire(10)).toThrow(code('DATABASE_CLOSED'))
  })

  test('close waits until each connection has ended, also those that were given back before', async () => {
    const { pool, lines } = makePool({ size: 3, endsWithinMs: ({ id }) => 20 / id })
    const [first, second, third] = await Promise.all([pool.acquire(10), pool.acquire(10), pool.acquire(10)])
    pool.release(first, { isBroken: true })
    const closing = pool.close()
    pool.release(second)
    pool.release(third)
    await closing
    expect(lines.map(({ isEnded }) => isEnded)).toEqual([true, true, true])
  })

  test('opens no connection in the place of one that is still being ended', async () => {
    const { pool, lines } = makePool({ endsWithinMs: () => 10 })
    pool.release(await pool.acquire(10), { isBroken: true })
    expect(lines[0]?.isEnded).toBe(false)
    expect(await pool.acquire(1000)).toMatchObject({ id: 2 })
    expect(lines[0]?.isEnded).toBe(true)
  })

  test('keeps the place of a connection whose end failed', async () => {
    const pool = new ConnectionPool(
      {
        open: () => ({}),
        destroy: () => {
          throw new Error('stuck')
        },
        isBroken: () => false,
        ping: null,
      },
      { size: 1, overflow: 0 },
    )
    const held = await pool.acquire(10)
    expect(() => pool.release(held, { isBroken: true })).toThrow('stuck')
    await expect(Promise.resolve(pool.acquire(10))).resolves.toBeDefined()
  })

  test('refuses a second release of the same connection', async () => {
    const { pool } = makePool()
    const held = await pool.acquire(10)
    pool.release(held)
    expect(() => pool.release(held)).toThrow('not in use')
  })
})
