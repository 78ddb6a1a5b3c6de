import type { QueryCompiler } from 'kysely'
import type { ColumnFact, ModelGraph } from '../model/index.ts'
import type { Capabilities } from './capabilities.ts'
import type { Codec } from './codec.ts'
import type { Driver } from './driver.ts'
import type { HelperRenderings } from './helper-renderings.ts'

export interface PoolOptions {
  /** Connections kept at the most. Default 5 (readers, where one writer is separate). */
  readonly size?: number
  /** Further connections that may be opened under load and are closed when idle. Default 10. */
  readonly overflow?: number
  /** Ask an idle connection whether it lives before it is handed out. Default true. */
  readonly prePing?: boolean
}

export interface OpenOptions {
  readonly url: string
  readonly pool: PoolOptions
}

/**
 * What one engine must provide at run time. One folder of `dialects/` each; nothing above the dialects knows which one it
 * talks to. The contract suite in `testing/contract/` is its specification.
 */
export interface RuntimeDialect {
  /** For messages, folder names and reports. */
  readonly name: string
  /** Opens the pool. The driver's package is loaded here; a missing one is `DRIVER_MISSING` with its name. */
  open(options: OpenOptions): Promise<Driver>
  /** Kysely's compiler for this engine: turns an already guarded tree into SQL. */
  createQueryCompiler(capabilities: Capabilities): QueryCompiler
  codec(column: ColumnFact): Codec
  /** What this engine cannot hold of a graph: each with model, column, reason; empty when it can hold all. */
  unsupported(graph: ModelGraph): readonly Unsupported[]
  /** What CAST calls a whole number of 64 bits, a double and a text: a parameter beside no column gets its type by it. */
  readonly castTypes: { readonly integer: string; readonly float: string; readonly text: string }
  /** What the helpers of queries are in this engine's SQL. */
  helpers(capabilities: Capabilities): HelperRenderings
  /** The function that finds a text in a text, 1 for its beginning and 0 for nowhere; `contains` is this, never LIKE. */
  readonly position: { readonly name: string; readonly order: 'textFirst' | 'partFirst' }
}

export interface Unsupported {
  readonly model: string
  readonly column: string | null
  readonly reason: string
  readonly remedy: string
}
