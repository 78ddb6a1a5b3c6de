import { expect, test } from 'vitest'
import { describeEngines } from '../support/describe-engines.ts'
import { revisionFolders } from './author-bench.ts'
import { Walk } from './walk.ts'
import { withWalkBench } from './walk-bench.ts'

const isLong = process.env['TERRACE_WALK_REVISIONS'] !== undefined
const revisions = Number(process.env['TERRACE_WALK_REVISIONS'] ?? 6)
// What lands is decided by the same walk each time; the long run looks for new ones.
const seed = Number(process.env['TERRACE_WALK_SEED'] ?? (isLong ? Math.floor(Math.random() * 2 ** 32) : 4))

describeEngines(
  'a walk of revisions with branches and merges',
  (engine) => {
    const folderOf = revisionFolders()

    test('ends at the right structure by every path, with its rows', { timeout: 7_200_000 }, async () => {
      const { url } = await engine.fresh()
      const folder = await folderOf()
      await withWalkBench({ engine: engine.name, url }, async (bench) => {
        const walk = new Walk(bench, { seed, revisions, folder, pace: isLong ? 1 : 3 })
        const { failures, ...figures } = await walk.run()
        console.info(`${engine.name}: ${JSON.stringify(figures)}, seed ${seed}`)
        expect(failures, `TERRACE_WALK_SEED=${seed}`).toEqual([])
      })
    })
  },
  isLong ? ['sqliteFile', 'postgres', 'mysql', 'pglite'] : ['sqliteFile', 'postgres', 'mysql'],
)
