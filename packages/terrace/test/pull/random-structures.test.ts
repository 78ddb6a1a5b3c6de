import { afterAll, expect, test } from 'vitest'
import { evaluateDrafts } from '../../src/generate/pull/evaluate-drafts.ts'
import { settleDrafts, type Settled } from '../../src/generate/pull/settle-drafts.ts'
import { graph, graphOf } from '../../src/model/index.ts'
import { snapshotOf, type LiveStructure, type Snapshot } from '../../src/schema/index.ts'
import { structurePairs } from '../../src/testing/structures/structure-pairs.ts'
import { differencesOf } from '../laws/comparable-snapshot.ts'
import { lawEngine, openLawsBench, type LawsBench } from '../laws/laws-bench.ts'
import { quoted } from '../laws/surviving-values.ts'
import type { EngineName } from '../../src/testing/servers.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { declaredPart } from './declared-part.ts'
import { toldBy } from './plan-of.ts'

/** For each engine: a few in `npm test`, where a server is slower than a database in memory; 300 in `npm run test:pull`. */
const asked = process.env['TERRACE_PULL_STRUCTURES']
const inShort: Readonly<Partial<Record<EngineName, number>>> = { sqliteMemory: 24 }
const countOn = (engine: EngineName): number => Number(asked ?? inShort[engine] ?? 6)
// What lands is decided by the same structures each time; the long run looks for new ones.
const seed = Number(
  process.env['TERRACE_PULL_SEED'] ?? (asked === undefined ? 20_261_121 : Math.floor(Math.random() * 2 ** 32)),
)

/** What models of it make, or why not. */
interface Told {
  readonly wrong: readonly string[]
  readonly tables: number
  readonly left: readonly string[]
}

describeEngines(
  'of any structure that an engine can have',
  (engine) => {
    const benches: LawsBench[] = []
    afterAll(async () => {
      for (const bench of benches) await bench.close()
    })

    test('models are pulled that find nothing to do, also once it is adopted, and make the same again', async () => {
      const count = countOn(engine.name)
      const { url } = await engine.fresh()
      const bench = await openLawsBench(await lawEngine(engine.name), url)
      benches.push(bench)
      const { vocabulary, dialect } = bench
      const wrong: string[] = []
      let tables = 0
      const left: string[] = []
      for (const pair of structurePairs({ vocabulary, quoteName: quoted(dialect), seed, count })) {
        const told = await pulledAndPlanned(bench, pair.before)
        wrong.push(...told.wrong.map((line) => `${pair.seed}: ${line}`))
        tables += told.tables
        left.push(...told.left)
      }
      console.info(`${engine.name}: ${count} structures of seed ${seed}, ${tables} tables pulled, ${left.length} left`)
      expect(wrong, `TERRACE_PULL_SEED=${seed}`).toEqual([])
      expect(tables).toBeGreaterThan(count)
      expect(left.filter((reason) => !isExpected(reason))).toEqual([])
    }, 3_600_000)
  },
  ['sqliteMemory', 'postgres', 'mysql'],
)

/** What no model can hold, for which the generator has words. */
function isExpected(reason: string): boolean {
  return reason.includes('is no name for every database') || reason.includes('it has no primary key')
}

async function pulledAndPlanned(bench: LawsBench, before: Snapshot): Promise<Told> {
  await bench.clear()
  await bench.structure.apply(before)
  // As others have made it: nothing of it is in the ledger.
  await bench.run(['delete from terrace_object', `delete from terrace_meta`])
  const live = await bench.structure.introspect()
  const settled = settleDrafts(Object.values(live.snapshot.tables), { live, dialect: bench.dialect })
  const wanted = wantedOf(settled, bench)
  const found = toldBy(await bench.structure.plan(wanted))
  await bench.structure.adopt(wanted)
  const adopted = toldBy(await bench.structure.plan(wanted))
  const again = await madeAgain(bench, wanted, { live, settled })
  return {
    wrong: [...found, ...adopted.map((line) => `adopted: ${line}`), ...again.map((line) => `made again: ${line}`)],
    tables: settled.drafts.size,
    left: settled.left.map(({ object, reason }) => `${object}: ${reason}`),
  }
}

function wantedOf({ drafts }: Settled, { dialect }: LawsBench): Snapshot {
  return snapshotOf(graphOf(graph(evaluateDrafts(drafts, dialect.name))), dialect)
}

interface Original {
  readonly live: LiveStructure
  readonly settled: Settled
}

async function madeAgain(bench: LawsBench, wanted: Snapshot, { live, settled }: Original): Promise<readonly string[]> {
  await bench.clear()
  await bench.structure.apply(wanted)
  const tables = [...settled.drafts.keys()]
  return differencesOf(declaredPart(await bench.structure.introspect(), tables), declaredPart(live, tables))
}
