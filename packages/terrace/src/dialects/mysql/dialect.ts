import type { LoadPackage, RuntimeDialect } from '../../database/index.ts'
import { mysqlHelpers } from './helper-renderings.ts'
import { mysqlQueryCompiler } from './query-compiler.ts'
import { openServer } from './server-driver.ts'
import { mysqlCodec } from './types.ts'
import { unsupportedByMysql } from './unsupported.ts'

/** MySQL and MariaDB: `mysql://` and `mariadb://`, by `mysql2`. Tested on MariaDB 10.11; MySQL 8.4 is untested. */
export function createMysqlDialect({ load }: { readonly load?: LoadPackage } = {}): RuntimeDialect {
  return Object.freeze<RuntimeDialect>({
    name: 'mysql',
    open: (options) => openServer(options, load),
    createQueryCompiler: mysqlQueryCompiler,
    codec: mysqlCodec,
    unsupported: unsupportedByMysql,
    helpers: mysqlHelpers,
    castTypes: { integer: 'signed', float: 'double', text: 'char' },
    position: { name: 'locate', order: 'partFirst' },
  })
}

export const mysqlDialect: RuntimeDialect = createMysqlDialect()
