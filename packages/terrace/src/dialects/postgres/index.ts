export { createPostgresDialect, postgresDialect } from './dialect.ts'
export { createSchemaDialect } from './schema-dialect.ts'
