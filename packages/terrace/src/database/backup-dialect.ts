/** What one engine needs to be copied to a file and back, as a whole: also what models do not know. */
export interface BackupDialect {
  /** Of the file: `.db`, `.dump`, `.sql`. */
  readonly extension: string
  /**
   * A consistent copy of the whole database while others go on writing. `BACKUP_TOOL_MISSING` where the engine's own tool is not
   * there, with what to install; `BACKUP_FAILED` with its words. No password in an argument or a message.
   */
  backup(options: BackupRun): Promise<void>
  /** Makes the database what the file has; what was there before is gone. `RESTORE_FAILED`, `BACKUP_TOOL_MISSING`. */
  restore(options: BackupRun): Promise<void>
}

export interface BackupRun {
  readonly url: string
  /** Written whole or not at all: beside it first, then renamed. */
  readonly file: string
  readonly signal?: AbortSignal
  /** Bytes or pages, where the engine tells; `total` null where it does not. */
  progress?(done: number, total: number | null): void
}
