import type { OpaqueObject } from '../../schema/index.ts'
import { tokenize } from './ddl-tokenizer.ts'
import type { SchemaRow } from './schema-row.ts'

export interface NotDeclarable {
  readonly tables: readonly {
    readonly row: SchemaRow
    readonly kind: 'virtualTable' | 'shadowTable' | 'unreadableTable'
  }[]
  /** Indexes whose text could not be read. */
  readonly indexes: readonly SchemaRow[]
}

/** Views, triggers and whatever else models cannot declare, each with its own text. */
export function opaqueObjects(rows: readonly SchemaRow[], { tables, indexes }: NotDeclarable): readonly OpaqueObject[] {
  const names = rows.filter(({ type }) => type === 'table' || type === 'view').map(({ name }) => name)
  const object = (kind: OpaqueObject['kind'], { name, sql }: SchemaRow, table: string | null): OpaqueObject => ({
    kind,
    name,
    table,
    definition: sql,
    uses: mentions(sql ?? '', names).filter((each) => each !== table && each !== name),
  })
  return [
    ...tables.map(({ row, kind }) => object(kind, row, null)),
    ...rows.filter(({ type }) => type === 'view').map((row) => object('view', row, null)),
    ...rows.filter(({ type }) => type === 'trigger').map((row) => object('trigger', row, nameOf(names, row.tbl_name))),
    ...indexes.map((row) => object('index', row, nameOf(names, row.tbl_name))),
  ]
}

function nameOf(names: readonly string[], table: string): string {
  return names.find((name) => name.toLowerCase() === table.toLowerCase()) ?? table
}

/** Tables and views that a text names: it may name one that it does not use, as in a text of its own, but none is missed. */
function mentions(sql: string, names: readonly string[]): readonly string[] {
  const words = new Set(wordsOf(sql).map((word) => word.toLowerCase()))
  return names.filter((name) => words.has(name.toLowerCase()))
}

function wordsOf(sql: string): readonly string[] {
  try {
    return tokenize(sql).map((token) => ('value' in token ? token.value : token.text))
  } catch (error) {
    if (error instanceof SyntaxError) return sql.split(/[^\p{L}\p{N}_$]+/u)
    throw error
  }
}
