export { createMysqlDialect, mysqlDialect } from './dialect.ts'
export { createSchemaDialect } from './schema-dialect.ts'
