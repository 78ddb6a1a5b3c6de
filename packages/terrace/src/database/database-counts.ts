/** How units of work ended since the database was opened, and how often Terrace itself left the scope. */
export interface DatabaseCounts {
  committed: number
  rolledBack: number
  /** Runs of repeatable units beyond their first. */
  retried: number
  commitUnknown: number
  /** By `frameworkReasons`. */
  readonly unscoped: Map<string, number>
}

export function newDatabaseCounts(): DatabaseCounts {
  return { committed: 0, rolledBack: 0, retried: 0, commitUnknown: 0, unscoped: new Map() }
}
