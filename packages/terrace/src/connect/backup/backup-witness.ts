import { errors } from '../../errors/index.ts'
import type { BackupWitness, Connection, WitnessedTable } from '../../database/index.ts'
import { rawText, RowChecksum, type TableSum } from '../../sync/index.ts'
import { readFacts, readState, summedTables, unsummedColumns, type DatabaseState, type Reading } from './read-state.ts'

/** What was witnessed of a copy. */
export interface Witnessed extends Omit<DatabaseState, 'live'> {
  readonly notes: readonly string[]
}

/** Keeps what a dialect shows of the state that it copies. */
export class ManifestWitness implements BackupWitness {
  private readonly reading: Reading
  private readonly sums = new Map<string, RowChecksum>()
  private readonly notes = new Set<string>()
  private facts: Omit<DatabaseState, 'tables'> | null = null
  private tables: Readonly<Record<string, TableSum>> | null = null
  private columns: readonly string[] = []
  private order: readonly number[] = []

  constructor(reading: Reading) {
    this.reading = reading
  }

  async sees(connection: Connection): Promise<void> {
    const { tables, ...facts } = await readState(connection, this.reading)
    this.facts = facts
    this.tables = tables
  }

  async structure(connection: Connection): Promise<readonly WitnessedTable[]> {
    const facts = await readFacts(connection, this.reading)
    if (this.facts !== null && this.facts.structure !== facts.structure) throw changedMeanwhile(this.reading.database)
    this.facts = facts
    const shapes = summedTables(facts.live, this.reading.dialect)
    for (const { name } of shapes) if (!this.sums.has(name)) this.sums.set(name, new RowChecksum())
    return shapes
  }

  row(table: string, columns: readonly string[], values: readonly unknown[]): void {
    // The columns of a table come as the same list with each of its rows.
    if (columns !== this.columns) {
      this.columns = columns
      this.order = columns.toSorted().map((name) => columns.indexOf(name))
    }
    this.sums.get(table)?.add(this.order.map((at) => rawText(values[at])))
  }

  note(text: string): void {
    this.notes.add(text)
  }

  result(): Witnessed {
    if (this.facts === null) throw new TypeError('a copy was made that nobody has looked at')
    const { live, ...facts } = this.facts
    const unsummed = unsummedColumns(live, this.reading.dialect)
    if (unsummed.length > 0)
      this.note(`Values of these columns are copied, and are in no checksum: ${unsummed.join(', ')}`)
    const tables = this.tables ?? Object.fromEntries([...this.sums].map(([name, sum]) => [name, sum.result()]))
    return { ...facts, tables, notes: [...this.notes] }
  }
}

function changedMeanwhile(database: string): Error {
  const reason = 'its structure was changed while it was copied'
  return errors.BACKUP_FAILED({
    values: { database, reason, remedy: 'Back up again when nobody changes the structure' },
  })
}
