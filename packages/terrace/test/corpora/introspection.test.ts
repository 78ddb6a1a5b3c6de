import { expect, test } from 'vitest'
import { describeEngines } from '../support/describe-engines.ts'
import { countsOfCatalogue, countsRead } from './catalogue-counts.ts'
import { describeStructure } from './describe-structure.ts'
import { corpusEngines, corpusNames, loadCorpus, noCorpora, type CorpusEngine } from './load-corpus.ts'
import { withStructure } from './with-structure.ts'

/** A golden file has the engine's own names and versions of types: one for each engine and corpus. */
function goldenOf(corpus: string, engine: string): string {
  return `../golden/corpora/${corpus}-${engine}.txt`
}

describeEngines(
  'the structure of a database that others made',
  (engine) => {
    test.skipIf(noCorpora !== null).each(corpusNames)(
      `%s is read completely: every object that the catalogue counts, as columns, keys and rules or as opaque (${noCorpora ?? 'as in its golden file'})`,
      async (corpus) => {
        const { url } = await engine.fresh()
        const name = engine.name as CorpusEngine
        await loadCorpus(corpus, name, url)
        await withStructure(url, async ({ structure }) => {
          const live = await structure.introspect()
          await expect(describeStructure(live)).toMatchFileSnapshot(goldenOf(corpus, name))
          const counted = await countsOfCatalogue(name, url, Object.keys(live.snapshot.tables))
          expect(countsRead(live)).toEqual(counted)
        })
      },
    )
  },
  corpusEngines,
)
