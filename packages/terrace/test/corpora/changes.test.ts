import { afterAll, describe, expect, test } from 'vitest'
import type { Plan, Snapshot } from '../../src/schema/index.ts'
import { describeEngines, type EngineUnderTest } from '../support/describe-engines.ts'
import { contents } from './contents.ts'
import { corpusEdits, type CorpusEdit } from './corpus-edits.ts'
import { rolesOf, sakilaRows, type Roles } from './corpus-roles.ts'
import { corpusEngines, corpusNames, loadCorpus, noCorpora, type CorpusEngine, type CorpusName } from './load-corpus.ts'
import { openedStructure, type OpenedStructure } from './with-structure.ts'

/** All of them by `npm run test:corpora`; else one of so many, others for each corpus. */
const isWhole = process.env['TERRACE_TEST_CORPORA'] === 'all'
const oneOf: Readonly<Record<CorpusEngine, number>> = { sqliteFile: 5, postgres: 7, mysql: 16 }

function editsFor(corpus: CorpusName, engine: CorpusEngine): readonly CorpusEdit[] {
  const first = corpusEngines.indexOf(engine) + 2 * corpusNames.indexOf(corpus)
  return corpusEdits.filter(
    ({ cannot = {} }, at) =>
      cannot[corpus] === undefined &&
      cannot[`${corpus} ${engine}`] === undefined &&
      (isWhole || at % oneOf[engine] === first),
  )
}

interface Subject {
  readonly opened: OpenedStructure
  readonly original: Snapshot
  readonly roles: Roles
}

async function adopted(corpus: CorpusName, engine: EngineUnderTest): Promise<Subject> {
  const { url } = await engine.fresh()
  const name = engine.name as CorpusEngine
  await loadCorpus(corpus, name, url)
  const opened = await openedStructure(url)
  if (corpus === 'sakila') for (const sql of sakilaRows) await opened.rows(sql)
  const original = (await opened.structure.introspect()).snapshot
  await opened.structure.adopt(original)
  expect(await differences(opened, original)).toEqual([])
  return { opened, original, roles: rolesOf(corpus, name) }
}

/** There and back, by the steps that it gives: what the change does not name keeps its values, and nothing differs from where it began. */
async function madeAndUndone(edit: CorpusEdit, { opened, original, roles }: Subject): Promise<Plan['steps']> {
  const [renamed, without] = [edit.renamed?.(roles) ?? {}, edit.lost?.(roles) ?? []]
  const sides = { original, tables: [roles.main, roles.parent, roles.child] }
  const before = await contents(opened, { ...sides, without })
  const wanted = edit.of(original, roles)
  const plan = await opened.structure.apply(wanted)
  expect(await contents(opened, { ...sides, renamed, without })).toEqual(before)
  expect(await differences(opened, wanted)).toEqual([])
  await wayBack(plan, { opened, original })
  expect(await differences(opened, original)).toEqual([])
  expect(await contents(opened, { ...sides, without })).toEqual(before)
  return plan.steps
}

/** A loss that no step undoes is made good by another plan: the structure comes back, the values do not. */
async function wayBack(plan: Plan, { opened, original }: Pick<Subject, 'opened' | 'original'>): Promise<void> {
  const isUndoable = plan.steps.every(({ inverse }) => inverse !== null)
  if (isUndoable) return opened.structure.undo(plan)
  expect(plan.hazards.map((hazard) => hazard.class)).toEqual(expect.arrayContaining(['irreversible', 'lossy']))
  await expect(opened.structure.undo(plan)).rejects.toMatchObject({ code: 'STRUCTURE_IRREVERSIBLE' })
  await opened.structure.apply(original)
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
  'in a database that others made, once it is adopted,',
  (engine) => {
    describe.each(corpusNames)(
      `%s keeps its rows and comes back as it was (${noCorpora ?? 'from its own script'})`,
      (corpus) => {
        // What one test has left as it was serves the next.
        let idle: Subject | null = null
        const opened: Subject[] = []
        afterAll(async () => {
          for (const subject of opened) await subject.opened.close()
        })

        test.skipIf(noCorpora !== null).each(editsFor(corpus, engine.name as CorpusEngine))(
          'when $title',
          { timeout: 60_000 },
          async (edit) => {
            const subject = idle ?? (await adopted(corpus, engine))
            if (idle === null) opened.push(subject)
            idle = null
            expect(await madeAndUndone(edit, subject)).not.toEqual([])
            idle = subject
          },
        )
      },
    )
  },
  corpusEngines,
)
