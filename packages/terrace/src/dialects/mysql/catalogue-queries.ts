import type { SchemaFlavour } from './schema-flavour.ts'

export interface TableRow {
  readonly name: string
  readonly kind: string
  readonly engine: string | null
  readonly collation: string | null
  readonly estimated: number | bigint | null
}

export const tablesSql = `select table_name as name, table_type as kind, engine as engine, table_collation as collation,
    table_rows as estimated
  from information_schema.tables where table_schema = database()`

export interface ColumnRow {
  readonly name: string
  readonly type: string
  readonly nullable: 'YES' | 'NO'
  /** MariaDB writes an SQL expression, `NULL` for none; MySQL a bare value, or an expression that `extra` marks. */
  readonly fallback: string | null
  readonly extra: string
  readonly generated: string | null
  readonly collation: string | null
}

export const columnsSql = `select table_name as tableName, column_name as name, column_type as type, is_nullable as nullable,
    column_default as fallback, extra as extra, generation_expression as generated, collation_name as collation
  from information_schema.columns where table_schema = database() order by table_name, ordinal_position`

export interface IndexRow {
  readonly name: string
  readonly nonUnique: number | bigint
  readonly column: string | null
  /** Of a prefix. */
  readonly length: number | bigint | null
  readonly direction: 'A' | 'D' | null
  readonly method: string
}

export const indexesSql = `select table_name as tableName, index_name as name, non_unique as nonUnique, column_name as \`column\`,
    sub_part as length, collation as direction, index_type as method
  from information_schema.statistics where table_schema = database() order by table_name, index_name, seq_in_index`

export interface ForeignKeyRow {
  readonly name: string
  readonly column: string
  readonly target: string
  readonly targetColumn: string
  readonly onDelete: string
  readonly onUpdate: string
}

export const foreignKeysSql = `select k.table_name as tableName, k.constraint_name as name, k.column_name as \`column\`,
    k.referenced_table_name as target, k.referenced_column_name as targetColumn, r.delete_rule as onDelete,
    r.update_rule as onUpdate
  from information_schema.key_column_usage k
  join information_schema.referential_constraints r
    on r.constraint_schema = k.constraint_schema and r.constraint_name = k.constraint_name and r.table_name = k.table_name
  where k.table_schema = database() and k.referenced_table_name is not null
  order by k.table_name, k.constraint_name, k.ordinal_position`

export interface CheckRow {
  readonly name: string
  readonly expression: string
  /** `Column` for a check that stands on a column and has its name: MariaDB only. */
  readonly level: 'Column' | 'Table'
  readonly enforced: 'YES' | 'NO'
}

const mariaDbChecksSql = `select table_name as tableName, constraint_name as name, check_clause as expression, level as level,
    'YES' as enforced
  from information_schema.check_constraints where constraint_schema = database()`

const mysqlChecksSql = `select t.table_name as tableName, t.constraint_name as name, c.check_clause as expression,
    'Table' as level, t.enforced as enforced
  from information_schema.table_constraints t
  join information_schema.check_constraints c
    on c.constraint_schema = t.constraint_schema and c.constraint_name = t.constraint_name
  where t.table_schema = database() and t.constraint_type = 'CHECK'`

export function checksSql({ isMariaDb }: SchemaFlavour): string {
  return isMariaDb ? mariaDbChecksSql : mysqlChecksSql
}
