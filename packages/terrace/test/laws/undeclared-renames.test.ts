import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Snapshot } from '../../src/schema/index.ts'
import { structurePair, type StructurePair } from '../../src/testing/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { comparable, differencesOf } from './comparable-snapshot.ts'
import { lawEngine, openLawsBench, type LawsBench } from './laws-bench.ts'
import { textOf, withoutRenames } from './laws.ts'
import { quoted } from './surviving-values.ts'

const seed = Number(
  process.env['TERRACE_LAWS_SEED'] ??
    (process.env['TERRACE_LAWS_PAIRS'] ? Math.floor(Math.random() * 2 ** 32) : 20_261_121),
)
const count = process.env['TERRACE_LAWS_PAIRS'] === undefined ? 4 : 40

describeEngines(
  'a rename that nobody declares',
  (engine) => {
    let bench: LawsBench
    beforeAll(async () => {
      bench = await openLawsBench(await lawEngine(engine.name), (await engine.fresh()).url)
    })
    afterAll(() => bench.close())

    test.each(['column.name rename', 'table.name rename'])('is refused, and done once decided: %s', async (edit) => {
      const broken: string[] = []
      for (let at = 0; at < count; at += 1) {
        const pair = renamePair(bench, edit, seed + at)
        broken.push(...(await findings(bench, pair)).map((finding) => `${edit} empty@${pair.seed}: ${finding}`))
      }
      expect(broken).toEqual([])
    })
  },
  ['sqliteMemory', 'postgres', 'mysql'],
)

async function findings(bench: LawsBench, pair: StructurePair): Promise<readonly string[]> {
  const wanted = withoutRenames(pair.after)
  const snapshot = async (): Promise<Snapshot> => (await bench.structure.introspect()).snapshot
  await bench.clear()
  await bench.structure.apply(pair.before)
  const before = await snapshot()
  const { drift } = await bench.structure.plan(wanted)
  const refusal = await bench.structure.apply(wanted).then(() => 'it was done', textOf)
  const after = await snapshot()
  const decided = await bench.structure.apply(wanted, { allow: dropsOf(pair) }).then(() => null, textOf)
  const done = await snapshot()
  return [
    ...(drift.some(({ reason }) => /renam/i.test(reason)) ? [] : ['the plan has no word of a rename']),
    ...(/renam/i.test(refusal) ? [] : [refusal]),
    ...differencesOf(comparable(after), comparable(before)),
    ...(decided === null ? [] : [decided]),
    ...differencesOf(namesIn(done), namesIn(wanted)),
  ]
}

function renamePair(bench: LawsBench, edit: string, pairSeed: number): StructurePair {
  const { vocabulary, dialect } = bench
  const cell = { edit, rows: 'empty' } as const
  const pair = structurePair({ vocabulary, quoteName: quoted(dialect), cell, seed: pairSeed, isAlone: true })
  if (pair === null) throw new Error(`No words for ${edit}`)
  return pair
}

/** The decision that the former names are no halves of renames. */
function dropsOf({ renames }: StructurePair): readonly string[] {
  return renames.map(({ object, table, from }) =>
    object === 'table' ? `drop-table ${from}` : `drop-column ${table}.${from}`,
  )
}

function namesIn({ tables }: Snapshot): unknown {
  return Object.values(tables).map(({ name, columns }) => [name, columns.map((column) => column.name).toSorted()])
}
