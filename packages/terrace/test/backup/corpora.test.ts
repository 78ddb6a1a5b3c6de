import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { backupDatabase, restoreDatabase, verifyDatabase } from '../../src/connect/index.ts'
import { contents } from '../corpora/contents.ts'
import { sakilaRows } from '../corpora/corpus-roles.ts'
import { corpusEngines, corpusNames, loadCorpus, noCorpora, type CorpusEngine } from '../corpora/load-corpus.ts'
import { withStructure } from '../corpora/with-structure.ts'
import { describeEngines } from '../support/describe-engines.ts'

const folder = mkdtempSync(join(tmpdir(), 'terrace-corpora-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Every value, in an order and by sums that are not those of manifests. */
function valuesIn(url: string): Promise<Readonly<Record<string, string>>> {
  return withStructure(url, async (opened) => {
    const { snapshot: original } = await opened.structure.introspect()
    return contents(opened, { original, tables: Object.keys(original.tables) })
  })
}

describeEngines(
  'a database that others made',
  (engine) => {
    test.skipIf(noCorpora !== null).each(corpusNames)(
      `%s comes back whole from its backup: its values, and every object that there is (${noCorpora ?? 'in another database'})`,
      async (corpus) => {
        const { url } = await engine.fresh()
        const { url: other } = await engine.fresh()
        await loadCorpus(corpus, engine.name as CorpusEngine, url)
        if (corpus === 'sakila') {
          await withStructure(url, async ({ rows }) => {
            for (const sql of sakilaRows) await rows(sql)
          })
        }
        const { file, manifest } = await backupDatabase(url, { folder })
        expect(Object.values(manifest.tables).reduce((sum, { rows }) => sum + rows, 0)).toBeGreaterThanOrEqual(10)
        const before = await valuesIn(url)
        for (const target of [other, url]) {
          await restoreDatabase(target, { file })
          expect(await verifyDatabase(target, { against: file })).toMatchObject({
            sound: true,
            problems: [],
            notes: [],
          })
          expect(await valuesIn(target)).toEqual(before)
        }
      },
      120_000,
    )
  },
  corpusEngines,
)
