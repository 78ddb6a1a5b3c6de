import { columnsIn, type ColumnShape, type LiveStructure, type TableShape } from '../../../../schema/index.ts'
import { narrownessOf, numbersIn, textsIn, turned, valuesOf } from './sample-values.ts'

/** A table with what its rows also have to satisfy after the revision, under the names of now. */
export interface SampleTable {
  readonly live: TableShape
  /** What becomes of a column, by its name now; absent where it goes. */
  readonly after: Readonly<Record<string, ColumnShape | undefined>>
  /** Rules after the revision, as they are written for the names of then. */
  readonly laterChecks: readonly { readonly expression: string; readonly columns: readonly string[] }[]
}

/** Columns that an insert names: whatever the database does not fill by itself. */
export function givenColumns({ columns }: TableShape): readonly ColumnShape[] {
  return columns.filter(({ generated, identity }) => generated === null && identity === null)
}

/** What may stand in a column of the n-th row, the likeliest first, without NULL. */
export function candidatesFor(
  column: ColumnShape,
  n: number,
  { table, opaque }: { readonly table: SampleTable; readonly opaque: LiveStructure['opaque'] },
): readonly unknown[] {
  const later = table.after[column.name]
  const types = [...new Set([column.type, later?.type ?? column.type])].toSorted(
    (a, b) => narrownessOf(a) - narrownessOf(b),
  )
  const plain = types.flatMap((type) => [...labelsOf(type, n, opaque), ...valuesOf(type, n)])
  const asked = [
    ...table.live.checks
      .filter(({ expression }) => names(expression, column, table))
      .map(({ expression }) => expression),
    ...table.laterChecks.filter(({ columns }) => columns.includes(column.name)).map(({ expression }) => expression),
  ]
  // What a list allows is right as it stands; of other texts and numbers in a rule nobody knows.
  const [lists = [], others = []] = [true, false].map((isList) =>
    asked
      .filter((expression) => /\bin\s*\(|\bany\s*\(/i.test(expression) === isList)
      .flatMap((expression) => [...textsIn(expression), ...numbersIn(expression)]),
  )
  const lengths = asked.flatMap((expression) => (/length/i.test(expression) ? numbersIn(expression) : []))
  const long = lengths.map(Number).filter((length) => length > 0 && length <= 4_000)
  const filled = long.map((length) =>
    String(n + 1)
      .padEnd(length, 'x')
      .slice(0, length),
  )
  return [...new Set([...turned(lists, n), ...plain, ...turned(others, n), ...filled])]
}

function names(expression: string, { name }: ColumnShape, { live }: SampleTable): boolean {
  return columnsIn(expression, live).some((column) => column.name === name)
}

/** Of a type that the database itself has by a list: what its own text says. */
function labelsOf(type: string, n: number, opaque: LiveStructure['opaque']): readonly string[] {
  const own = opaque.find(({ kind, name }) => (kind === 'enum' || kind === 'domain') && bare(type) === name)
  return turned(textsIn(own?.definition ?? ''), n)
}

function bare(type: string): string {
  return type.replace(/^.*\./, '').replaceAll('"', '')
}
