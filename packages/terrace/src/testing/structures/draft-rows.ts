import type { TypeWords } from '../../schema/index.ts'
import { found, keyOf, type Draft, type DraftTable } from './draft.ts'
import { rowsPerTable, type Workbench } from './workbench.ts'

type Row = Map<string, string>

/**
 * The rows of the first structure as literals. The n-th row of each table has the n-th value of each column's type: so that
 * whatever refers to something of its type finds it, and nothing is there twice.
 */
export class DraftRows {
  readonly #tables = new Map<string, Row[]>()
  readonly #bench: Workbench
  readonly #draft: Draft

  constructor(bench: Workbench) {
    this.#bench = bench
    this.#draft = bench.draft
    for (const table of this.#draft.tables)
      this.#tables.set(
        table.name,
        Array.from({ length: rowsPerTable }, (_, n) => this.#row(table, n)),
      )
  }

  #row(table: DraftTable, n: number): Row {
    const { random } = this.#bench
    const cells = table.columns
      .filter(({ generated }) => generated === null)
      .map((column) => {
        const isNull = n === 1 && column.nullable && !this.#bench.isFilled(column) && random.chance(0.5)
        return [column.name, isNull ? 'null' : this.#wordsOf(column.type).value(n)] as const
      })
    return new Map(cells)
  }

  #wordsOf(type: string): TypeWords {
    return this.#bench.wordsOf(type)
  }

  set(table: DraftTable, { row, column }: { readonly row: number; readonly column: string }, literal: string): void {
    found(this.#tables.get(table.name)?.[row], `row ${row} of ${table.name}`).set(column, literal)
  }

  /** Two rows have the same, first, value. */
  repeat(table: DraftTable, column: string): void {
    const first = this.of(table)[0]?.get(column)
    this.set(table, { row: 1, column }, found(first, column))
  }

  of(table: DraftTable): readonly ReadonlyMap<string, string>[] {
    return this.#tables.get(table.name) ?? []
  }

  /** Statements that put them in: parents first; what leads to a later table is filled in at the end. */
  statements(): readonly string[] {
    return [
      ...this.#draft.tables.flatMap((table) => this.#insert(table)),
      ...this.#draft.tables.flatMap((table) => this.#updates(table)),
    ]
  }

  #insert(table: DraftTable): readonly string[] {
    const { quote } = this.#bench
    const later = this.#later(table)
    const columns = table.columns.filter(({ generated, identity }) => generated === null && identity !== 'always')
    const names = columns.map(({ name }) => quote(name))
    const rows = this.of(table).map(
      (row) => `(${columns.map(({ name }) => (later.has(name) ? 'null' : (row.get(name) ?? 'null'))).join(', ')})`,
    )
    if (columns.length === 0) return this.of(table).map(() => `insert into ${quote(table.name)} default values`)
    return [`insert into ${quote(table.name)} (${names.join(', ')}) values ${rows.join(', ')}`]
  }

  #updates(table: DraftTable): readonly string[] {
    const { quote } = this.#bench
    const key = keyOf(table)
    return [...this.#later(table)].flatMap((name) =>
      this.of(table)
        .filter((row) => row.get(name) !== 'null')
        .map(
          (row) =>
            `update ${quote(table.name)} set ${quote(name)} = ${row.get(name)} ` +
            `where ${quote(key.name)} = ${row.get(key.name)}`,
        ),
    )
  }

  /** Columns that refer to rows which are put in later. */
  #later(table: DraftTable): ReadonlySet<string> {
    const own = this.#draft.tables.indexOf(table)
    const keys = table.foreignKeys.filter(
      ({ targetTable }) => this.#draft.tables.findIndex(({ name }) => name === targetTable) > own,
    )
    return new Set(keys.flatMap(({ columns }) => columns))
  }
}
