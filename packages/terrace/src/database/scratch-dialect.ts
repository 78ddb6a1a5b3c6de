/** Empty databases that exist only while something is tried out. */
export interface ScratchDialect {
  /**
   * Makes one beside the database that a URL names, with the same encoding, and gives its URL. `SCRATCH_REFUSED` where the user may
   * not, with the ways on. Databases of the kind that were left by killed processes more than a day ago are removed.
   */
  make(url: string): Promise<ScratchDatabase>
}

export interface ScratchDatabase {
  readonly url: string
  drop(): Promise<void>
}
