export { createPostgresDialect, postgresDialect } from './dialect.ts'
