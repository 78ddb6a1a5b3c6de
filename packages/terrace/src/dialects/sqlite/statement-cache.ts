import type { ColumnDefinition, Database, Statement as Prepared } from 'better-sqlite3'
import type { Statement } from '../../database/index.ts'
import { affinityOf, type Affinity } from './affinity.ts'

/** A prepared statement with what is needed to read its rows exactly. */
export interface CachedStatement {
  readonly prepared: Prepared
  readonly returnsRows: boolean
  /** It reads only, so it may be run again. */
  readonly isReadOnly: boolean
  /** The structure is not the same afterwards. */
  readonly isDdl: boolean
  /** The names of its outputs. */
  readonly outputs: readonly string[]
  /** Places of outputs that may be integers beyond 2^53 - 1; the rest cannot lose digits. */
  readonly integersAt: readonly number[]
  /** Integers arrive as bigint: exact, but slower than numbers. */
  isWide: boolean
}

/** Changes with each change of the structure; shared by the connections of a database. */
export interface StructureVersion {
  current: number
}

const adHocKept = 500
const ddl = /^\s*(?:create|alter|drop|reindex|vacuum|attach|detach)\b/i

/**
 * The prepared statements of one connection: named ones are kept, of the others those used last. SQLite prepares anew by
 * itself when the structure changed, but what was learnt about the outputs would be stale: then all are dropped.
 */
export class StatementCache {
  readonly #database: Database
  readonly #structure: StructureVersion
  readonly #named = new Map<string, CachedStatement>()
  readonly #adHoc = new Map<string, CachedStatement>()
  #version: number

  constructor(database: Database, structure: StructureVersion) {
    this.#database = database
    this.#structure = structure
    this.#version = structure.current
  }

  get({ sql, name, integersFit = false }: Statement): CachedStatement {
    if (this.#version !== this.#structure.current) this.#forget()
    if (name === undefined) return this.#getAdHoc(sql, integersFit)
    const known = this.#named.get(name)
    if (known !== undefined) return known
    const made = this.#prepare(sql, integersFit)
    this.#named.set(name, made)
    return made
  }

  #getAdHoc(sql: string, integersFit: boolean): CachedStatement {
    const known = this.#adHoc.get(sql)
    const statement = known ?? this.#prepare(sql, integersFit)
    // A map keeps the order of insertion: what was used last stands last.
    if (known !== undefined) this.#adHoc.delete(sql)
    else if (this.#adHoc.size >= adHocKept) this.#dropOldest()
    this.#adHoc.set(sql, statement)
    return statement
  }

  #dropOldest(): void {
    for (const oldest of this.#adHoc.keys()) {
      this.#adHoc.delete(oldest)
      return
    }
  }

  #forget(): void {
    this.#named.clear()
    this.#adHoc.clear()
    this.#version = this.#structure.current
  }

  #prepare(sql: string, integersFit: boolean): CachedStatement {
    const prepared = this.#database.prepare(sql)
    const { reader: returnsRows, readonly: isReadOnly } = prepared
    const outputs = returnsRows ? prepared.columns() : []
    const integersAt = integersFit ? [] : integerPlaces(outputs)
    // What writes cannot be run again once digits were lost, so it is exact at the first time.
    const isWide = integersAt.length > 0 && !isReadOnly
    prepared.safeIntegers(isWide)
    if (returnsRows) prepared.raw(true)
    return {
      prepared,
      returnsRows,
      isReadOnly,
      isDdl: !isReadOnly && ddl.test(sql),
      outputs: outputs.map(({ name }) => name),
      integersAt,
      isWide,
    }
  }
}

/** By what their types make of numbers; an expression (null) may be anything, and so may a column without a type. */
function integerPlaces(outputs: readonly ColumnDefinition[]): readonly number[] {
  return outputs.flatMap(({ type }, at) => (type === null || mayHoldIntegers.has(affinityOf(type)) ? [at] : []))
}

const mayHoldIntegers: ReadonlySet<Affinity> = new Set(['INTEGER', 'NUMERIC', 'ANY'])
