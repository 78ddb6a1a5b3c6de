export { createMysqlDialect, mysqlDialect } from './dialect.ts'
