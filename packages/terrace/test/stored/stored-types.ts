import type { EngineName } from '../../src/testing/servers.ts'
import { mysqlTypes } from './types/mysql-types.ts'
import { postgresTypes } from './types/postgres-types.ts'
import { sqliteTypes } from './types/sqlite-types.ts'
import type { StoredTypes } from './types/stored-type.ts'

export const storedTypes: Readonly<Partial<Record<EngineName, StoredTypes>>> = {
  sqliteFile: sqliteTypes,
  postgres: postgresTypes,
  mysql: mysqlTypes,
}
