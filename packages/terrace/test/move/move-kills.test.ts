import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { moveDatabase } from '../../src/connect/index.ts'
import { dialectOf } from '../../src/connect/dialect-of.ts'
import { graphOf } from '../../src/model/index.ts'
import { moveRows, type MoveReport } from '../../src/sync/index.ts'
import { freshDatabase, type EngineName } from '../../src/testing/servers.ts'
import { Random } from '../../src/testing/structures/random.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { killingDriver, type KillPoint } from '../structure/starts/killing-driver.ts'
import { fillDatabase, rowsIn, type Rows } from './filled-database.ts'
import { shopModels as models, shopRows } from './shop-models.ts'

/** Kills on the way to each engine; many with `npm run test:move`. */
const wanted = process.env['TERRACE_MOVE_KILLS']
const isLong = wanted !== undefined
const kills = Number(wanted ?? 1)
const seed = Number(process.env['TERRACE_MOVE_SEED'] ?? Date.now() % 2 ** 31)
const batchRows = 25

const sources: Partial<Record<EngineName, EngineName>> = {
  sqliteFile: 'mysql',
  postgres: 'sqliteFile',
  mysql: 'postgres',
}

describeEngines(
  'a move that is killed on its way to',
  (engine) => {
    const random = new Random(seed)
    let from: string
    let rows: Rows
    let whole: MoveReport
    const calls: string[] = []

    beforeAll(async () => {
      const source = await freshDatabase(sources[engine.name] ?? 'sqliteFile')
      from = source.url
      await fillDatabase(from, models, shopRows(isLong ? 160 : 60))
      rows = await rowsIn(from, models)
      whole = await moveObserved(from, (await engine.fresh()).url, calls)
      return () => source.drop()
    }, 60_000)

    test(
      'ends, run again, with every row once, equal sums, and nothing to do for the next start',
      async () => {
        console.info(`move kills · ${engine.name}: ${kills} of ${calls.length} statements, TERRACE_MOVE_SEED=${seed}`)
        for (let round = 0; round < kills; round += 1) {
          const point = pointIn(calls, random)
          const where = `statement ${point.at}, ${point.moment}: ${calls[point.at - 1]}`
          // Dropped at once: hundred databases take longer to drop than a hook may.
          const { url, drop } = await freshDatabase(engine.name)
          expect({ where, signal: await killedAt(from, url, point) }).toEqual({ where, signal: 'SIGKILL' })
          const report = await moveDatabase({ from, to: url, models, batchRows })
          expect({ where, tables: report.tables }).toEqual({ where, tables: whole.tables })
          expect({ where, rows: await rowsIn(url, models) }).toEqual({ where, rows })
          await drop()
        }
      },
      isLong ? kills * 60_000 : 40_000,
    )
  },
  isLong ? ['sqliteFile', 'postgres', 'mysql'] : ['postgres'],
)

function pointIn(calls: readonly string[], random: Random): KillPoint {
  const moments = ['before', 'sent', 'after'] as const
  return { at: 1 + random.below(calls.length), moment: moments[random.below(3)] ?? 'after' }
}

async function moveObserved(from: string, to: string, calls: string[]): Promise<MoveReport> {
  const [source, target] = [await dialectOf(from), await dialectOf(to)]
  const drivers = [
    await source.runtime.open({ url: from, pool: {} }),
    await target.runtime.open({ url: to, pool: {} }),
  ] as const
  try {
    return await moveRows({
      graph: graphOf(models),
      source: { ...source, driver: drivers[0] },
      target: { ...target, driver: killingDriver(drivers[1], null, (call) => void calls.push(call)) },
      batchRows,
    })
  } finally {
    await Promise.all(drivers.map((driver) => driver.close()))
  }
}

const script = fileURLToPath(new URL('move-process.ts', import.meta.url))

/** The signal that a move in a process of its own ended by. */
function killedAt(from: string, to: string, { at, moment }: KillPoint): Promise<NodeJS.Signals | string | null> {
  return new Promise((resolve, reject) => {
    const args = ['--conditions=terrace:source', script, from, to, String(at), moment, String(batchRows)]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
    let errorText = ''
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (errorText += chunk))
    child.on('error', reject)
    child.on('close', (code, signal) => resolve(signal ?? `exit ${code}: ${errorText}`))
  })
}
