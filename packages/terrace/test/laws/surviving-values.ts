import type { ColumnShape, SchemaDialect, Snapshot, TableShape } from '../../src/schema/index.ts'
import type { StructurePair } from '../../src/testing/structures/structure-pair.ts'
import type { LawsBench } from './laws-bench.ts'

/** A table that both structures have, and its columns whose values have to be the same in both. */
export interface SurvivingTable {
  readonly before: string
  readonly after: string
  readonly columns: readonly { readonly before: string; readonly after: string }[]
}

/** By identity: what is renamed is the same. A column whose values the second structure calculates is none of them. */
export function survivingTables({ before, after, renames }: StructurePair): readonly SurvivingTable[] {
  return Object.values(before.tables).flatMap((table) => {
    const renamed = renames.find(({ object, from }) => object === 'table' && from === table.name)
    const taken = renames.some(({ object, to }) => object === 'table' && to === table.name)
    const partner = after.tables[renamed?.to ?? (taken ? '' : table.name)]
    if (partner === undefined) return []
    const columns = table.columns.flatMap((column) => {
      const survivor = survivorOf(column, { table: partner, renames })
      return survivor === undefined || survivor.generated !== null
        ? []
        : [{ before: column.name, after: survivor.name }]
    })
    return [{ before: table.name, after: partner.name, columns }]
  })
}

function survivorOf(
  { name }: ColumnShape,
  { table, renames }: { readonly table: TableShape; readonly renames: StructurePair['renames'] },
): ColumnShape | undefined {
  const own = renames.filter((rename) => rename.object === 'column' && rename.table === table.name)
  const renamed = own.find(({ from }) => from === name)
  if (renamed === undefined && own.some(({ to }) => to === name)) return undefined
  return table.columns.find((column) => column.name === (renamed?.to ?? name))
}

/** Every surviving value, row by row, whatever the order of the rows. */
export async function valuesOf(
  bench: LawsBench,
  tables: readonly SurvivingTable[],
  side: 'before' | 'after',
): Promise<Readonly<Record<string, readonly string[]>>> {
  const values: Record<string, readonly string[]> = {}
  for (const table of tables) {
    const columns = table.columns.map((column) => bench.dialect.quoteName(column[side]))
    const list = columns.map((name, at) => `${name} as ${bench.dialect.quoteName(`v${at}`)}`).join(', ')
    const rows = await bench.rows(`select ${list} from ${bench.dialect.quoteName(table[side])}`)
    values[table.before] = rows.map((row) => JSON.stringify(columns.map((_, at) => plain(row[`v${at}`])))).toSorted()
  }
  return values
}

/** As what it says: a number of any type, a text, bytes in hexadecimal, an instant without the zeros behind it. */
function plain(value: unknown): unknown {
  if (value === null || value === undefined) return null
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  if (typeof value === 'object') return JSON.stringify(value)
  const text = String(value)
  if (/^[[{]/.test(text)) return text.replaceAll(' ', '')
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return Number(text)
  return text.replace(/(:\d\d\.\d*?)0+(?=$|[+-])/, '$1')
}

/** All rows of all tables, for databases in which nothing may have changed. */
export async function allValues(bench: LawsBench, { tables }: Snapshot): Promise<unknown> {
  const whole = Object.values(tables).map((table) => ({
    before: table.name,
    after: table.name,
    columns: table.columns.map(({ name }) => ({ before: name, after: name })),
  }))
  return valuesOf(bench, whole, 'before')
}

export function quoted(dialect: SchemaDialect): (name: string) => string {
  return (name) => dialect.quoteName(name)
}
