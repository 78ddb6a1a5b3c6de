import { PostgresQueryCompiler } from 'kysely'
import { briefly, type LoadPackage, type RuntimeDialect } from '../../database/index.ts'
import { openEmbedded } from './embedded-driver.ts'
import { postgresHelpers } from './helper-renderings.ts'
import { openServer } from './server-driver.ts'
import { postgresCodec } from './types.ts'
import { unsupportedByPostgres } from './unsupported.ts'

const BriefQueryCompiler = briefly(PostgresQueryCompiler)

/** PostgreSQL: `postgres://` and `postgresql://` by `pg`, `pglite:` by `@electric-sql/pglite`. */
export function createPostgresDialect({ load }: { readonly load?: LoadPackage } = {}): RuntimeDialect {
  return Object.freeze<RuntimeDialect>({
    name: 'postgres',
    open: (options) => (options.url.startsWith('pglite:') ? openEmbedded(options, load) : openServer(options, load)),
    createQueryCompiler: () => new BriefQueryCompiler(),
    codec: postgresCodec,
    unsupported: unsupportedByPostgres,
    helpers: () => postgresHelpers,
    castTypes: { integer: 'bigint', float: 'double precision', text: 'text' },
    position: { name: 'strpos', order: 'textFirst' },
  })
}

export const postgresDialect: RuntimeDialect = createPostgresDialect()
