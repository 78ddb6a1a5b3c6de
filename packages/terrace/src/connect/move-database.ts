import type { BoundModel } from '../model/index.ts'
import type { MoveOptions, MoveReport } from '../sync/index.ts'

export interface MoveDatabaseOptions extends MoveOptions {
  /** The URL of the database that has the rows. Nothing in it is changed. */
  readonly from: string
  /** The URL of an empty one, of any engine; or of one in which this very move has begun, and goes on. */
  readonly to: string
  /** What `graph({ … })` returned. */
  readonly models: Readonly<Record<string, BoundModel>>
}

/** `moveDatabase`: `MOVE_…` of the errors. */
export type MoveDatabase = (options: MoveDatabaseOptions) => Promise<MoveReport>
