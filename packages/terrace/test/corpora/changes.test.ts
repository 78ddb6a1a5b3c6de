import { expect, test } from 'vitest'
import { describeEngines } from '../support/describe-engines.ts'
import { contents } from './contents.ts'
import { corpusEdits, type CorpusEdit } from './corpus-edits.ts'
import { rolesOf, sakilaRows, type Roles } from './corpus-roles.ts'
import { corpusEngines, corpusNames, loadCorpus, noCorpora, type CorpusEngine, type CorpusName } from './load-corpus.ts'
import { withStructure, type OpenedStructure } from './with-structure.ts'
import type { Snapshot } from '../../src/schema/index.ts'

/** All of them by `npm run test:corpora`; else every fifth, another fifth for each engine and corpus. */
const isWhole = process.env['TERRACE_TEST_CORPORA'] === 'all'

function editsFor(corpus: CorpusName, engine: CorpusEngine): readonly CorpusEdit[] {
  const first = (corpusEngines.indexOf(engine) + corpusEngines.length * corpusNames.indexOf(corpus)) % 5
  return corpusEdits.filter((_, at) => isWhole || at % 5 === first)
}

interface Subject {
  readonly opened: OpenedStructure
  readonly original: Snapshot
  readonly roles: Roles
}

/** There and back: what the change does not name keeps its values, and nothing differs from where it began. */
async function madeAndUndone(edit: CorpusEdit, { opened, original, roles }: Subject): Promise<void> {
  const { structure } = opened
  const [renamed, without] = [edit.renamed?.(roles) ?? {}, edit.lost?.(roles) ?? []]
  const sides = { original, tables: [roles.main, roles.parent, roles.child] }
  const before = await contents(opened, { ...sides, without })
  const wanted = edit.of(original, roles)
  const plan = await structure.apply(wanted)
  expect(plan.steps, `${edit.title}: steps`).not.toEqual([])
  expect(await contents(opened, { ...sides, renamed, without }), `${edit.title}: rows`).toEqual(before)
  expect(await differences(opened, wanted), `${edit.title}: done`).toEqual([])
  await structure.undo(plan)
  expect(await differences(opened, original), `${edit.title}: undone`).toEqual([])
  expect(await contents(opened, { ...sides, without }), `${edit.title}: rows after undoing it`).toEqual(before)
}

async function differences({ structure }: OpenedStructure, wanted: Snapshot): Promise<readonly string[]> {
  const { steps, drift, frozen, leftAlone } = await structure.plan(wanted)
  return [
    ...steps.flatMap(({ statements }) => statements),
    ...[...drift, ...frozen].map(({ object, reason }) => `${object}: ${reason}`),
    ...leftAlone.map(({ object, note }) => `${object}: ${note}`),
  ]
}

describeEngines(
  'a database that others made, once it is adopted,',
  (engine) => {
    test.skipIf(noCorpora !== null).each(corpusNames)(
      `is changed and changed back: %s keeps its rows, and nothing is left to do (${noCorpora ?? (isWhole ? 'all changes' : 'a fifth of the changes')})`,
      { timeout: isWhole ? 300_000 : 60_000 },
      async (corpus) => {
        const { url } = await engine.fresh()
        const name = engine.name as CorpusEngine
        await loadCorpus(corpus, name, url)
        await withStructure(url, async (opened) => {
          if (corpus === 'sakila') for (const sql of sakilaRows) await opened.rows(sql)
          const original = (await opened.structure.introspect()).snapshot
          await opened.structure.adopt(original)
          expect(await differences(opened, original)).toEqual([])
          for (const edit of editsFor(corpus, name))
            await madeAndUndone(edit, { opened, original, roles: rolesOf(corpus, name) })
        })
      },
    )
  },
  corpusEngines,
)
