import type { Driver } from '../database/index.ts'
import type { BoundModel } from '../model/index.ts'
import { moveRows, type MoveOptions, type MoveReport } from '../sync/index.ts'
import { dialectOf } from './dialect-of.ts'
import { graphOf } from './graph-of.ts'
import { requireDatabase } from './require-database.ts'
import { requireSupport } from './require-support.ts'
import { openWhole } from './row-security/every-row.ts'

export interface MoveDatabaseOptions extends MoveOptions {
  /** The URL of the database that has the rows. None of them is changed. */
  readonly from: string
  /** The URL of an empty one, of any engine; or of one in which this very move has begun, and goes on. */
  readonly to: string
  /** What `graph({ … })` returned. */
  readonly models: Readonly<Record<string, BoundModel>>
}

/**
 * Moves a whole database to another one, also of another engine: the structure that the models ask for there, and every row, also
 * those in the trash and those of every owner. At the end both are compared, table by table. The source is read as it is when the
 * move begins; what others write to it afterwards is not moved. A move that was interrupted goes on when it is run again.
 *
 * ```ts
 * const { tables } = await moveDatabase({ from: 'sqlite:shop.db', to: 'postgres://shop@db/shop', models })
 * ```
 *
 * Errors: `DATABASE_URL`, `DRIVER_MISSING`, `DATABASE_UNREACHABLE`, `DIALECT_UNSUPPORTED` with everything that one of the engines
 * cannot hold; `MOVE_OPTION`, `MOVE_SOURCE_DIFFERS`, `MOVE_UNDECLARED`, `MOVE_NATIVE`, `MOVE_TARGET_NOT_EMPTY`, `MOVE_OTHER`, before
 * anything is changed; `MOVE_VALUE`, `MOVE_STOPPED`, `MOVE_CONFLICT`, `STRUCTURE_DRIFT` where rows stand against a rule of the
 * target, after which it can be run again; `MOVE_DIFFERS`.
 */
export async function moveDatabase({ from, to, models, ...options }: MoveDatabaseOptions): Promise<MoveReport> {
  const graph = graphOf(models)
  const [source, target] = await Promise.all([dialectOf(from), dialectOf(to)])
  requireSupport(source, graph)
  requireSupport(target, graph)
  requireDatabase(source, from)
  return closing(await openWhole(from, source), async (sourceDriver) =>
    closing(await openWhole(to, target), (targetDriver) =>
      moveRows({
        ...options,
        graph,
        source: { ...source, driver: sourceDriver },
        target: { ...target, driver: targetDriver },
      }),
    ),
  )
}

async function closing<T>(driver: Driver, work: (driver: Driver) => Promise<T>): Promise<T> {
  try {
    return await work(driver)
  } finally {
    await driver.close()
  }
}
