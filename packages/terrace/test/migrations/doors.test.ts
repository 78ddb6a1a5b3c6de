import { expect, test } from 'vitest'
import { openDatabase, openStructure, type StructureOptions, type SyncReport } from '../../src/connect/index.ts'
import type { BoundModel } from '../../src/model/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { comparable } from '../laws/comparable-snapshot.ts'
import { revisionFolders, withMigrations } from './author-bench.ts'
import { shopReleases } from './shop-releases.ts'

type Models = Readonly<Record<string, BoundModel>>

async function start(url: string, models: Models, structure: StructureOptions): Promise<SyncReport> {
  const reports: SyncReport[] = []
  const done = (report: SyncReport): void => void reports.push(report)
  await (await openDatabase(url, { models, structure, structureObserver: { done } })).close()
  const [report] = reports
  if (report === undefined) throw new Error('the start told nothing')
  return report
}

async function structureOf(url: string, models: Models) {
  const structure = await openStructure(url, { models })
  try {
    const { steps, drift, frozen } = await structure.plan()
    const { snapshot } = await structure.introspect()
    return { left: [...steps, ...drift, ...frozen], snapshot: comparable(snapshot) }
  } finally {
    await structure.close()
  }
}

describeEngines(
  'both doors',
  (engine) => {
    const folderOf = revisionFolders()

    test('lead to the same structure: from starts to revisions, and back', { timeout: 60_000 }, async () => {
      const { url } = await engine.fresh()
      const folder = await folderOf()
      const [one, two] = [shopReleases[1], shopReleases[2]]
      await start(url, one, { policy: 'safe' })
      const made = await structureOf(url, one)

      const baseline = await withMigrations(url, { models: one, folder }, async (migrations) => {
        expect(await migrations.check()).not.toEqual([])
        const written = await migrations.revision({ description: 'baseline' })
        expect(written?.verified).toMatchObject({ reversible: true, notes: [] })
        expect(written?.verified.sampleRows).toBe(6)
        expect(await migrations.check()).toEqual([])
        expect(await migrations.stamp('head')).toHaveLength(1)
        expect(await migrations.revision({ description: 'nothing' })).toBeNull()
        return written?.revision.revision
      })
      expect((await structureOf(url, one)).left).toEqual([])

      await withMigrations(url, { models: two, folder }, async (migrations) => {
        const written = await migrations.revision({ description: 'names' })
        expect(written?.revision.parents).toEqual([baseline])
        expect(written?.verified).toMatchObject({ reversible: true, notes: [] })
        expect((await migrations.upgrade()).map(({ description }) => description)).toEqual(['names'])
        expect(await migrations.upgrade()).toEqual([])
        expect(await migrations.current()).toMatchObject({
          heads: [written?.revision.revision],
          pending: [],
          unfinished: null,
        })
        // Each was tried when it was written; once more, from the files, where that takes no time.
        const verified = engine.name === 'sqliteFile' ? await migrations.verify() : []
        expect(verified.every(({ reversible, notes }) => reversible && notes.length === 0)).toBe(true)
      })
      expect((await structureOf(url, two)).left).toEqual([])
      expect(await start(url, two, { policy: 'check' })).toMatchObject({ steps: [], frozen: [], leftAlone: [] })

      await withMigrations(url, { models: two, folder }, async (migrations) => {
        expect(await migrations.downgrade('-1')).toHaveLength(1)
      })
      const back = await structureOf(url, one)
      expect(back.left).toEqual([])
      expect(back.snapshot).toEqual(made.snapshot)
      expect(await start(url, one, { policy: 'check' })).toMatchObject({ steps: [], frozen: [], leftAlone: [] })
    })
  },
  ['sqliteFile', 'postgres', 'mysql'],
)
