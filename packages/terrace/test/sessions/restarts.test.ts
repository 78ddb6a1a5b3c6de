import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Asked } from './asks.ts'
import { post } from './endings.ts'
import { isLong, longMs } from './how-long.ts'
import { ownServer, reasonForNone, type OwnEngine, type OwnServer, type StopWay } from './own-servers.ts'
import { openStand, type Stand } from './stand.ts'

const clients = 16
/** What is promised; a machine that runs other tests meanwhile is slower. */
const backWithinMs = Number(process.env['TERRACE_SESSIONS_BACK_MS'] ?? 3_000)

interface Made {
  readonly label: string
  readonly answer: Asked
  readonly atMs: number
}

for (const engine of ['postgres', 'mysql'] as const) {
  const reason = isLong ? reasonForNone(engine) : 'npm run test:sessions has the time for it'
  describe.skipIf(reason !== null)(
    `B7 · a database that is restarted three times under load · ${engine}${reason === null ? '' : ` (skipped: ${reason})`}`,
    () => {
      restarts(engine)
    },
  )
}

function restarts(engine: OwnEngine): void {
  let server: OwnServer
  let stand: Stand
  beforeAll(async () => {
    server = await ownServer(engine)
    await server.start()
    stand = await openStand(engine, server.url, { isProxied: false })
  }, longMs)
  afterAll(async () => {
    await stand?.close()
    await server?.drop()
  }, longMs)

  test(
    'loses nothing that was acknowledged, says 503 meanwhile, and answers soon after it is back',
    async () => {
      const made: Made[] = []
      const over = new AbortController()
      const load = Array.from({ length: clients }, (_, client) => write(stand, { client, made, over: over.signal }))
      const backs: Back[] = []
      for (let round = 0; round < 3; round += 1)
        backs.push(await restarted(server, made, server.stopWays[round % server.stopWays.length] as StopWay))
      await sleep(500)
      over.abort()
      await Promise.all(load)

      const stored = new Map<string, number>()
      for (const label of await stand.all()) stored.set(label, (stored.get(label) ?? 0) + 1)
      const acknowledged = made.filter(({ answer }) => answer.status === 200)
      expect(acknowledged.length).toBeGreaterThanOrEqual(600)
      const refused = made.filter(({ answer }) => answer.status !== 200)
      report(engine, { made, backs, acknowledged: acknowledged.length, stored })
      expect(refused.filter(({ answer }) => answer.status !== 503)).toEqual([])
      expect(acknowledged.filter(({ label }) => stored.get(label) !== 1)).toEqual([])
      const undone = refused.filter(({ answer }) => answer.code !== 'COMMIT_UNKNOWN')
      expect(undone.filter(({ label }) => stored.has(label))).toEqual([])
      expect([...stored.values()].filter((count) => count > 1)).toEqual([])
      expect(stand.errors).toEqual([])
      expect(refused.length).toBeGreaterThan(0)
      expect(Math.max(...backs.map(({ answeredAfterMs }) => answeredAfterMs))).toBeLessThanOrEqual(backWithinMs)
      const { size, idle, waiting } = stand.app.database.stats()
      expect({ inUse: size - idle, waiting }).toEqual({ inUse: 0, waiting: 0 })
      expect(await stand.openTransactions()).toBe(0)
    },
    longMs,
  )
}

interface Writing {
  readonly client: number
  readonly made: Made[]
  readonly over: AbortSignal
}

async function write(stand: Stand, { client, made, over }: Writing): Promise<void> {
  for (let count = 0; !over.aborted; count += 1) {
    const label = `restart ${client} ${count}`
    const answer = await post(stand, count % 2 === 0 ? 'writes' : 'repeatable-writes', label)
    made.push({ label, answer, atMs: performance.now() })
    if (answer.status !== 200) await sleep(20)
  }
}

interface Back {
  readonly way: StopWay
  readonly downMs: number
  /** From the moment in which the server answers again to the first 200. */
  readonly answeredAfterMs: number
}

async function restarted(server: OwnServer, made: readonly Made[], way: StopWay): Promise<Back> {
  const before = acknowledgedIn(made)
  while (acknowledgedIn(made) < before + 200) await sleep(20)
  const stoppedMs = performance.now()
  await server.stop(way)
  await sleep(300)
  await server.start()
  const backMs = performance.now()
  const isAnswered = (): boolean => made.some(({ answer, atMs }) => atMs > backMs && answer.status === 200)
  while (!isAnswered() && performance.now() - backMs < 60_000) await sleep(5)
  return { way, downMs: backMs - stoppedMs, answeredAfterMs: performance.now() - backMs }
}

function acknowledgedIn(made: readonly Made[]): number {
  return made.filter(({ answer }) => answer.status === 200).length
}

interface Figures {
  readonly made: readonly Made[]
  readonly backs: readonly Back[]
  readonly acknowledged: number
  readonly stored: ReadonlyMap<string, number>
}

function report(engine: string, { made, backs, acknowledged, stored }: Figures): void {
  const codes = new Map<string, number>()
  for (const { answer } of made) {
    const key = `${answer.status} ${answer.code ?? ''}`.trim()
    codes.set(key, (codes.get(key) ?? 0) + 1)
  }
  const lost = made.filter(({ label, answer }) => answer.status === 200 && !stored.has(label)).length
  const times = backs.map(
    ({ way, downMs, answeredAfterMs }) =>
      `${way}: down ${Math.round(downMs)} ms, first 200 after ${Math.round(answeredAfterMs)} ms`,
  )
  console.info(
    `restarts · ${engine}: ${acknowledged} acknowledged, ${lost} of them lost; ` +
      `${[...codes].map(([key, n]) => `${key}: ${n}`).join(', ')}; ${times.join('; ')}`,
  )
}
