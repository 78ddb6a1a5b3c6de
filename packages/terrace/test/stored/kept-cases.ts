import type { EngineName } from '../../src/testing/servers.ts'
import type { KeptCase } from './kept/kept-case.ts'
import { mysqlCases } from './kept/mysql-cases.ts'
import { postgresCases } from './kept/postgres-cases.ts'
import { sqliteCases } from './kept/sqlite-cases.ts'

export const keptCases: Readonly<Partial<Record<EngineName, readonly KeptCase[]>>> = {
  sqliteFile: sqliteCases,
  postgres: postgresCases,
  mysql: mysqlCases,
}
