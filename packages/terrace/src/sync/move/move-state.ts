import { errors } from '../../errors/index.ts'
import type { SchemaDialect } from '../../schema/index.ts'
import { insertRows } from '../insert-rows.ts'
import { Journal } from '../journal/journal.ts'
import type { Place } from '../rows/read-batches.ts'
import type { StatementRunner } from '../statement-runner.ts'
import { markKey, type MoveMark } from './move-mark.ts'
import { placeIn, textOfPlace } from './place-text.ts'

/** A table's key has a number: names may be longer than keys. */
function placeKey(at: number): string {
  return `${markKey} ${at}`
}

/**
 * The journal of one move. Each change names what it was before, so that of two processes which move into the same database one
 * finds that it is not alone.
 */
export class MoveState {
  private readonly runner: StatementRunner
  private readonly dialect: SchemaDialect

  constructor(runner: StatementRunner, dialect: SchemaDialect) {
    this.runner = runner
    this.dialect = dialect
  }

  /** The mark last: while it is missing, nothing was begun. */
  async begin(mark: MoveMark, tables: readonly string[]): Promise<void> {
    const rows = [
      ...tables.map((table, at) => [placeKey(at), textOfPlace(table, start)]),
      [markKey, JSON.stringify(mark)],
    ]
    await this.remove(rows.map(([key]) => String(key)))
    await insertRows(this.runner, this.dialect, { table: 'terrace_meta', columns: ['key', 'value'], rows })
  }

  async places(tables: readonly string[]): Promise<readonly Place[]> {
    const meta = await new Journal(this.runner, this.dialect).meta()
    return tables.map((table, at) => placeIn(meta.get(placeKey(at)), table))
  }

  /** In the transaction of the rows. `MOVE_CONFLICT`. */
  async advance(at: number, { table, from, to }: Advance): Promise<void> {
    const isAlone = await this.replace(placeKey(at), textOfPlace(table, from), textOfPlace(table, to))
    if (!isAlone) throw errors.MOVE_CONFLICT({ values: { table } })
  }

  /** `MOVE_CONFLICT`. */
  async enter(mark: MoveMark, stage: MoveMark['stage']): Promise<MoveMark> {
    const next = { ...mark, stage }
    if (await this.replace(markKey, JSON.stringify(mark), JSON.stringify(next))) return next
    throw errors.MOVE_CONFLICT({ values: { table: 'terrace_meta' } })
  }

  /** What was kept of each table is of no use any more. */
  async end(mark: MoveMark, tables: readonly string[]): Promise<void> {
    await this.enter(mark, 'done')
    await this.remove(tables.map((_, at) => placeKey(at)))
  }

  private async replace(key: string, before: string, after: string): Promise<boolean> {
    const { quoteName, placeholder } = this.dialect
    const where = `${quoteName('key')} = ${placeholder(2)} and ${quoteName('value')} = ${placeholder(3)}`
    const sql = `update terrace_meta set ${quoteName('value')} = ${placeholder(1)} where ${where}`
    return (await this.runner.changed(sql, [after, key, before])) === 1
  }

  private async remove(keys: readonly string[]): Promise<void> {
    const { quoteName, placeholder } = this.dialect
    for (const key of keys) {
      await this.runner.run(`delete from terrace_meta where ${quoteName('key')} = ${placeholder(1)}`, [key])
    }
  }
}

export interface Advance {
  readonly table: string
  readonly from: Place
  readonly to: Place
}

const start: Place = { rows: 0, key: null }
