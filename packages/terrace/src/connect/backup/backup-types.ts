import type { IntegrityProblem } from '../../database/index.ts'
import type { BoundModel } from '../../model/index.ts'
import type { TableSum } from '../../sync/index.ts'

export interface BackupOptions {
  /** Created when missing, for its owner alone. Default `backups` in the working directory. */
  readonly folder?: string
  /** Stops it; nothing is left, and the call rejects with the signal's reason. */
  readonly signal?: AbortSignal
  /** Pages or bytes, where the engine tells; `total` null where it does not. */
  readonly progress?: (done: number, total: number | null) => void
}

export interface Backup {
  readonly file: string
  readonly manifestFile: string
  readonly manifest: BackupManifest
}

/** What is in a file, written beside it as JSON. */
export interface BackupManifest {
  /** Of the manifest. */
  readonly format: 1
  /** `postgres`, as the folder of migrations is named. */
  readonly engine: string
  /** The kind of file: `postgres-dump`. */
  readonly copy: string
  readonly server: { readonly product: string; readonly version: string }
  readonly database: string
  /** When it was begun: `2026-11-21T17:30:00.000Z`. */
  readonly takenAt: string
  /** Applied revisions, in their order; empty without migrations. */
  readonly revisions: readonly string[]
  /** SHA-256 over the structure. */
  readonly structure: string
  /** By name: each table's rows, and a checksum that does not depend on their order. */
  readonly tables: Readonly<Record<string, TableSum>>
  readonly file: { readonly name: string; readonly bytes: number; readonly sha256: string }
  /** What to know about this copy: tables that are not transactional, and the like. */
  readonly notes: readonly string[]
}

export interface RestoreOptions {
  /** What `backupDatabase` gave. Its manifest is looked for beside it. */
  readonly file: string
  readonly signal?: AbortSignal
  readonly progress?: (done: number, total: number | null) => void
}

export interface RestoreReport {
  readonly database: string
  readonly file: string
  /** Null: there was none beside the file, so nothing could be compared. */
  readonly manifest: BackupManifest | null
  /** What is in the database now. */
  readonly tables: Readonly<Record<string, TableSum>>
  /** Columns whose numbering was set behind their highest number: `products.id`. */
  readonly renumbered: readonly string[]
  /** What was not checked, and why. */
  readonly notes: readonly string[]
}

export interface VerifyOptions {
  /** What `graph({ … })` returned: the structure has to be what they say. Default: not asked. */
  readonly models?: Readonly<Record<string, BoundModel>>
  /** A backup, or its manifest: structure, rows and checksums have to be those. Default: not asked. */
  readonly against?: string
  readonly signal?: AbortSignal
  /** Tables that were read. */
  readonly progress?: (done: number, total: number | null) => void
}

export interface Verification {
  readonly database: string
  /** Nothing was found. */
  readonly sound: boolean
  readonly problems: readonly IntegrityProblem[]
  readonly tables: Readonly<Record<string, TableSum>>
  /** SHA-256 over the structure, as in manifests. */
  readonly structure: string
  /** What was not checked, and why. */
  readonly notes: readonly string[]
}
