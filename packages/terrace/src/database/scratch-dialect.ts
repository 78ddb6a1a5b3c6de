import type { Connection } from './driver.ts'

/** Empty databases that exist only while something is tried out. */
export interface ScratchDialect {
  /**
   * Makes one beside the database that a URL names, with the same encoding, and gives its URL. `SCRATCH_REFUSED` where the user may
   * not, with the ways on. Databases of the kind that were left by killed processes more than a day ago are removed.
   */
  make(url: string): Promise<ScratchDatabase>
  /** What is in the database of a connection; nothing in an empty one. */
  contents(connection: Connection): Promise<readonly ScratchObject[]>
  /** Removes what is in it, but for what is named: as `ScratchObject.name` has it. */
  clear(connection: Connection, kept: ReadonlySet<string>): Promise<void>
  /** Takes all rows out of tables, whatever refers to what. */
  removeRows(connection: Connection, tables: readonly string[]): Promise<void>
}

export interface ScratchDatabase {
  /** One in memory is new each time its URL is opened. */
  readonly url: string
  drop(): Promise<void>
}

export interface ScratchObject {
  /** `table products` */
  readonly name: string
  /** It may be in a database that counts as empty: something that only an administrator can put there. */
  readonly mayStay: boolean
}
