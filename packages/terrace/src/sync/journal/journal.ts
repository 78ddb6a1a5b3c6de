import { errors } from '../../errors/index.ts'
import { journalMeta, type SchemaDialect } from '../../schema/index.ts'
import { insertRows } from '../insert-rows.ts'
import { runDdl } from '../run-ddl.ts'
import type { StatementRunner } from '../statement-runner.ts'

/** The format of journal and ledger that this version writes. A newer one refuses to start. */
const journalFormat = 1

/** What `terrace_meta` keeps under which key: its own format, the mark of a structure in sync, and what was told of it. */
export type MetaKey = 'format' | 'structure' | 'report'

/** Reads and writes `terrace_meta`. */
export class Journal {
  private readonly runner: StatementRunner
  private readonly dialect: SchemaDialect

  constructor(runner: StatementRunner, dialect: SchemaDialect) {
    this.runner = runner
    this.dialect = dialect
  }

  /**
   * Makes the journal's tables unless the format, which is written when all of them are there, says that they are: engines ask
   * for the right to make a table before they look whether it exists.
   */
  async create({ hasJournal }: { readonly hasJournal: boolean }): Promise<void> {
    if (hasJournal && (await this.meta()).has('format')) return
    for (const sql of this.dialect.journalTables) await runDdl(this.runner, { table: journalMeta, sql })
    const meta = await this.meta()
    if (!meta.has('format')) await this.setMeta('format', String(journalFormat))
  }

  /** `STRUCTURE_FORMAT_NEWER` when a later version has written here. */
  async meta(): Promise<ReadonlyMap<string, string>> {
    const q = (name: string): string => this.dialect.quoteName(name)
    const rows = await this.runner.rows({ sql: `select ${q('key')}, ${q('value')} from terrace_meta`, parameters: [] })
    const meta = new Map(rows.map((row) => [String(row['key']), String(row['value'])]))
    const found = Number(meta.get('format') ?? journalFormat)
    // Also what is no number was written by somebody who knows more.
    if (!(found <= journalFormat)) throw errors.STRUCTURE_FORMAT_NEWER({ values: { found, known: journalFormat } })
    return meta
  }

  async setMeta(key: MetaKey, value: string): Promise<void> {
    await this.removeMeta(key)
    await insertRows(this.runner, this.dialect, {
      table: 'terrace_meta',
      columns: ['key', 'value'],
      rows: [[key, value]],
    })
  }
  async removeMeta(key: MetaKey): Promise<void> {
    const name = this.dialect.quoteName('key')
    await this.runner.run(`delete from terrace_meta where ${name} = ${this.dialect.placeholder(1)}`, [key])
  }
}
