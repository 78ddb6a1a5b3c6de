import type { TableShape } from '../../schema/index.ts'

interface Bookkeeping {
  readonly tool: string
  readonly table: RegExp
  /** Columns that tell it from a table of the application's that is called alike. */
  readonly columns: readonly string[]
}

// Sources: each tool's own documentation of its table of migrations.
const known: readonly Bookkeeping[] = [
  { tool: 'Alembic', table: /^alembic_version$/i, columns: ['version_num'] },
  { tool: 'Prisma', table: /^_prisma_migrations$/i, columns: ['migration_name', 'checksum'] },
  { tool: 'Django', table: /^django_migrations$/i, columns: ['app', 'name', 'applied'] },
  { tool: 'Rails', table: /^schema_migrations$/i, columns: ['version'] },
  { tool: 'Rails', table: /^ar_internal_metadata$/i, columns: ['key', 'value'] },
  { tool: 'Knex', table: /^knex_migrations$/i, columns: ['name', 'batch'] },
  { tool: 'Knex', table: /^knex_migrations_lock$/i, columns: ['is_locked'] },
  { tool: 'Kysely', table: /^kysely_migration$/i, columns: ['name', 'timestamp'] },
  { tool: 'Kysely', table: /^kysely_migration_lock$/i, columns: ['is_locked'] },
  { tool: 'TypeORM', table: /^typeorm_metadata$/i, columns: ['type', 'name', 'value'] },
  { tool: 'TypeORM', table: /^migrations$/i, columns: ['timestamp', 'name'] },
  { tool: 'Laravel', table: /^migrations$/i, columns: ['migration', 'batch'] },
  { tool: 'Flyway', table: /^flyway_schema_history$/i, columns: ['installed_rank', 'checksum'] },
  { tool: 'Liquibase', table: /^databasechangelog$/i, columns: ['orderexecuted', 'md5sum'] },
  { tool: 'Liquibase', table: /^databasechangeloglock$/i, columns: ['locked', 'lockgranted'] },
  { tool: 'Drizzle', table: /^__drizzle_migrations$/i, columns: ['hash', 'created_at'] },
  { tool: 'Sequelize', table: /^sequelizemeta$/i, columns: ['name'] },
  { tool: 'MikroORM', table: /^mikro_orm_migrations$/i, columns: ['name', 'executed_at'] },
  { tool: 'Entity Framework', table: /^__efmigrationshistory$/i, columns: ['migrationid', 'productversion'] },
  { tool: 'SQLx', table: /^_sqlx_migrations$/i, columns: ['version', 'checksum'] },
  { tool: 'goose', table: /^goose_db_version$/i, columns: ['version_id', 'is_applied'] },
  { tool: 'Atlas', table: /^atlas_schema_revisions$/i, columns: ['version', 'hash'] },
]

/** The tool whose own table this is; null for a table of the application's. */
export function bookkeeperOf({ name, columns }: TableShape): string | null {
  const present = new Set(columns.map((column) => column.name.toLowerCase()))
  const found = known.find((one) => one.table.test(name) && one.columns.every((column) => present.has(column)))
  return found?.tool ?? null
}
