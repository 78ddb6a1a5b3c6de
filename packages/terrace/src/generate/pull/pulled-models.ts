/** Models of a database that was there before them. */
export interface PulledModels {
  /** One for each table, and `models.ts` with the graph; paths from the folder that is given. */
  readonly files: readonly PulledFile[]
  /** Tables that have a model now. */
  readonly tables: readonly string[]
  /** What no model declares: kept as it is by every later plan. */
  readonly left: readonly LeftOut[]
  /**
   * Statements that make what the models name and do not make, in the order to run them: enums, domains, sequences and
   * functions. What starts
   * from an empty database, as a first revision does, runs them before.
   */
  readonly needs: readonly string[]
  /** Where a declared type reads what is there, and is not what a new model would say: `DATETIME kept as text`. */
  readonly notes: readonly string[]
}

export interface PulledFile {
  readonly path: string
  readonly text: string
}

export interface LeftOut {
  /** `view film_list`, `trigger film.ins_film`, `table log`. */
  readonly object: string
  readonly reason: string
}
