/**
 * One move as a process of its own, which dies at a statement of its target: `from`, `to`, the statement's number, the moment, and the
 * rows of a batch.
 */
import { dialectOf } from '../../src/connect/dialect-of.ts'
import { graphOf } from '../../src/model/index.ts'
import { moveRows } from '../../src/sync/index.ts'
import { killingDriver, type KillMoment } from '../structure/starts/killing-driver.ts'
import { shopModels } from './shop-models.ts'

const [from = '', to = '', at = '', moment = '', batchRows = ''] = process.argv.slice(2)
const source = await dialectOf(from)
const target = await dialectOf(to)
const driver = await target.runtime.open({ url: to, pool: {} })
await moveRows({
  graph: graphOf(shopModels),
  source: { ...source, driver: await source.runtime.open({ url: from, pool: {} }) },
  target: { ...target, driver: killingDriver(driver, { at: Number(at), moment: moment as KillMoment }) },
  batchRows: Number(batchRows),
})
