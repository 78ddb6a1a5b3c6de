import type { SchemaFlavour } from '../schema-flavour.ts'

export interface TableRow {
  readonly name: string
  /** `BASE TABLE`, `VIEW`; MariaDB also `SEQUENCE` and `SYSTEM VERSIONED`. */
  readonly kind: string
  readonly engine: string | null
  readonly collation: string | null
  readonly comment: string
  readonly estimated: number | bigint | null
  readonly rowFormat: string | null
  /** `partitioned`, `row_format=COMPRESSED`: what CREATE TABLE was told. */
  readonly created: string | null
}

export const tablesSql = `select table_name as name, table_type as kind, engine as engine, table_collation as collation,
    table_comment as comment, table_rows as estimated, row_format as rowFormat, create_options as created
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
  readonly comment: string
}

export const columnsSql = `select table_name as tableName, column_name as name, column_type as type, is_nullable as nullable,
    column_default as fallback, extra as extra, generation_expression as \`generated\`, collation_name as collation,
    column_comment as comment
  from information_schema.columns where table_schema = database() order by table_name, ordinal_position`

export interface IndexRow {
  readonly name: string
  readonly nonUnique: number | bigint
  readonly column: string | null
  /** Of a prefix. */
  readonly length: number | bigint | null
  readonly direction: 'A' | 'D' | null
  readonly method: string
  readonly comment: string
  /** `NO` where statements make use of it. */
  readonly ignored: 'YES' | 'NO'
  /** Of a part that is no column: MySQL only. */
  readonly expression: string | null
}

export function indexesSql({ isMariaDb, tellsIgnoredIndexes }: SchemaFlavour): string {
  const ofMariaDb = tellsIgnoredIndexes ? 'ignored' : `'NO'`
  const ignored = isMariaDb ? ofMariaDb : `if(is_visible = 'YES', 'NO', 'YES')`
  return `select table_name as tableName, index_name as name, non_unique as nonUnique, column_name as \`column\`,
    sub_part as length, collation as direction, index_type as method, index_comment as comment, ${ignored} as ignored,
    ${isMariaDb ? 'null' : 'expression'} as expression
  from information_schema.statistics where table_schema = database() order by table_name, index_name, seq_in_index`
}

export interface ForeignKeyRow {
  readonly name: string
  readonly column: string
  /** With its database, where that is another one. */
  readonly target: string
  readonly targetColumn: string
  readonly onDelete: string
  readonly onUpdate: string
}

export const foreignKeysSql = `select k.table_name as tableName, k.constraint_name as name, k.column_name as \`column\`,
    if(k.referenced_table_schema = k.table_schema, k.referenced_table_name,
      concat(k.referenced_table_schema, '.', k.referenced_table_name)) as target,
    k.referenced_column_name as targetColumn, r.delete_rule as onDelete, r.update_rule as onUpdate
  from information_schema.key_column_usage k
  join information_schema.referential_constraints r
    on r.constraint_schema = database() and r.constraint_name = k.constraint_name and r.table_name = k.table_name
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

export interface OpaqueRow {
  readonly kind: 'view' | 'trigger' | 'routine' | 'partition'
  readonly name: string
  readonly tableName: string | null
  readonly definition: string | null
  readonly database: string
}

/** What models cannot declare and the other queries do not meet. Without the privilege to see a text it is NULL or ''. */
export const opaqueSql = `select 'view' as kind, table_name as name, null as tableName, view_definition as definition,
    database() as \`database\`
  from information_schema.views where table_schema = database()
  union all
  select 'trigger', trigger_name, event_object_table,
    concat(action_timing, ' ', event_manipulation, ' for each row ', action_statement), database()
  from information_schema.triggers where trigger_schema = database()
  union all
  select 'routine', routine_name, null, routine_definition, database()
  from information_schema.routines where routine_schema = database()
  union all
  select 'partition', partition_name, table_name, concat_ws(' ', partition_method, partition_expression, partition_description),
    database()
  from information_schema.partitions where table_schema = database() and partition_name is not null`
