import { afterAll, beforeAll, expect, test } from 'vitest'
import { Random } from '../../src/testing/structures/random.ts'
import { describeEngines } from '../support/describe-engines.ts'
import type { Asked } from './asks.ts'
import { endingsOn, post, type Ending, type Stored } from './endings.ts'
import { enginesFor, isLong, longMs } from './how-long.ts'
import { openStand, type Stand } from './stand.ts'
import { allowedBy, labelsOf } from './stored-kinds.ts'

const total = Number(process.env['TERRACE_SESSIONS_REQUESTS'] ?? (isLong ? 10_000 : 300))
const clients = 32
const seed = Number(process.env['TERRACE_SESSIONS_SEED'] ?? (isLong ? Date.now() % 2 ** 31 : 20_261_121))
/** What a database that is busy says, whatever the work would have done. */
const busy = new Set(['DATABASE_BUSY', 'POOL_TIMEOUT'])

interface Made {
  readonly label: string
  readonly ending: Ending
  readonly answer: Asked
}

describeEngines(
  `B7 · ${total} requests that end in every way, ${clients} at a time ·`,
  (engine) => {
    let stand: Stand
    beforeAll(async () => {
      const { url } = await engine.fresh()
      // Deadlocks are looked for sooner than after PostgreSQL's second, so that many more of them fit into a run.
      const options = url.startsWith('postgres:') ? `?options=${encodeURIComponent('-c deadlock_timeout=100ms')}` : ''
      stand = await openStand(engine.name, `${url}${options}`)
    })
    afterAll(() => stand.close())

    test(
      'leave no transaction open and no connection taken; what was told is what is stored, once',
      async () => {
        const startedAt = performance.now()
        const made = await randomRequests(stand, engine.name)
        const seconds = (performance.now() - startedAt) / 1_000
        await expect.poll(() => inUse(stand), { timeout: 10_000 }).toBe(0)
        expect(stand.app.database.stats().waiting).toBe(0)
        await expect.poll(() => stand.openTransactions(), { timeout: 10_000 }).toBe(0)

        const stored = countsOf(await stand.all())
        expect(made.filter((one) => problemOf(one, stored) !== null).map((one) => told(one, stored))).toEqual([])
        expect([...stored].filter(([, count]) => count > 1)).toEqual([])
        // What a request in a busy moment leaves in the log depends on how far it has come.
        const asExpected = made.filter(isAsExpected)
        expect(stand.errors.length).toBeGreaterThanOrEqual(linesOf(asExpected))
        expect(stand.errors.length).toBeLessThanOrEqual(linesOf(made))
        report(engine.name, made, { seconds, stored: stored.size, asExpected: asExpected.length, stand })
      },
      longMs,
    )
  },
  enginesFor(['sqliteFile', 'postgres', 'mysql'], ['sqliteFile']),
)

async function randomRequests(stand: Stand, engine: Stand['engine']): Promise<readonly Made[]> {
  const random = new Random(seed)
  const endings = endingsOn(engine).filter(({ mixes }) => mixes)
  const ordinary = endings[0] as Ending
  const made: Made[] = []
  let next = 0
  const client = async (): Promise<void> => {
    while (next < total) {
      next += 1
      const label = `mixed ${next}`
      const ending = random.chance(0.4) ? ordinary : random.of(endings)
      made.push({ label, ending, answer: await ending.ask(stand, label) })
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  expect(await post(stand, 'writes', 'the last')).toMatchObject({ status: 200 })
  return made
}

function inUse({ app }: Stand): number {
  const { size, idle } = app.database.stats()
  return size - idle
}

function countsOf(labels: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  return counts
}

function isAsExpected({ ending, answer: { status, isWhole } }: Made): boolean {
  return ending.status === (status === 200 && !isWhole ? 'broken' : status)
}

function problemOf(made: Made, stored: ReadonlyMap<string, number>): string | null {
  const found = kindsOf(made, stored)
  const allowed = isAsExpected(made) ? allowedBy(made.ending) : allowedOtherwise(made)
  if (allowed === null) return 'the answer is another one'
  return allowed.some((kinds) => kinds.toString() === found.toString()) ? null : 'what is stored is not what was told'
}

/** Of a request that came at a busy moment, or whose client was too late to leave. */
function allowedOtherwise({ ending, answer: { status, code } }: Made): readonly Stored[] | null {
  if (status === 503 && busy.has(code ?? '')) return [[], ['later']]
  return status === 200 && ending.status === null ? [['write']] : null
}

function kindsOf({ label }: Made, stored: ReadonlyMap<string, number>): Stored {
  const kinds = ['write', 'inner', 'later'] as const
  return kinds.filter((kind) => stored.has(labelsOf(label, [kind])[0] as string))
}

function told(made: Made, stored: ReadonlyMap<string, number>): object {
  const { label, ending, answer } = made
  return { label, ending: ending.name, answer, stored: kindsOf(made, stored), problem: problemOf(made, stored) }
}

function linesOf(made: readonly Made[]): number {
  return made.reduce((lines, { ending }) => lines + (ending.logged ?? 0), 0)
}

interface Figures {
  readonly seconds: number
  readonly stored: number
  readonly asExpected: number
  readonly stand: Stand
}

function report(engine: string, made: readonly Made[], { seconds, stored, asExpected, stand }: Figures): void {
  if (!isLong) return
  const byStatus = countsOf(made.map(({ answer: { status, code } }) => `${status ?? 'no answer'} ${code ?? ''}`.trim()))
  const figures = [...byStatus].toSorted(([one], [other]) => one.localeCompare(other)).map(([key, n]) => `${key}: ${n}`)
  console.info(
    `mixed · ${engine}: ${made.length} requests in ${seconds.toFixed(0)} s (${Math.round(made.length / seconds)}/s), ` +
      `${asExpected} as expected, ${made.length - asExpected} at a busy moment, ${stored} labels stored; ${figures.join(', ')}; ` +
      `${JSON.stringify({ ...stand.app.database.counts(), unscoped: undefined })}; TERRACE_SESSIONS_SEED=${seed}`,
  )
}
