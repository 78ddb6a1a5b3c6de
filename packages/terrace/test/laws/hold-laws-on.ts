import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EngineName } from '../../src/testing/servers.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { lawEngine, openLawsBench, type LawsBench } from './laws-bench.ts'
import { tryPairs } from './try-pairs.ts'

/** Pairs for each engine: 50 in `npm test`, 1,000 in `npm run test:laws`, which tries PGlite too. */
const wanted = Number(process.env['TERRACE_LAWS_PAIRS'] ?? 50)
export const isLong = process.env['TERRACE_LAWS_PAIRS'] !== undefined
// What lands is decided by the same pairs each time; the long run looks for new ones.
const seed = Number(process.env['TERRACE_LAWS_SEED'] ?? (isLong ? Math.floor(Math.random() * 2 ** 32) : 20_261_121))

/** Each file has engines of its own, so that they are tried beside each other. */
export function holdLawsOn(engines: readonly EngineName[]): void {
  describeEngines(
    'the laws of the schema engine',
    (engine) => {
      let bench: LawsBench
      let reference: LawsBench

      beforeAll(async () => {
        bench = await openLawsBench(await lawEngine(engine.name), (await engine.fresh()).url)
        reference = await openLawsBench(await lawEngine(engine.name), (await engine.fresh()).url)
      })
      afterAll(async () => {
        await bench.close()
        await reference.close()
      })

      test('hold for generated structures and rows', { timeout: 3_600_000 }, async () => {
        const trial = await tryPairs(bench, {
          seed,
          count: wanted,
          reference,
          isThorough: (pair) => isLong || pair.seed % 5 === 0,
        })
        const figures = `${trial.pairs} pairs in ${trial.seconds.toFixed(1)} s, seed ${seed}`
        console.info(`${engine.name}: ${figures}${isLong ? `\n${trial.coverage.table()}` : ''}`)
        expect(trial.failures, `TERRACE_LAWS_SEED=${seed}`).toEqual([])
        expect(wanted < 1_000 ? [] : trial.coverage.empty()).toEqual([])
      })
    },
    engines,
  )
}
