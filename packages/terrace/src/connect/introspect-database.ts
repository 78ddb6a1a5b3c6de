import type { LiveStructure, SchemaDialect } from '../schema/index.ts'
import { structureOf, withConnection } from '../sync/index.ts'
import { dialectOf } from './dialect-of.ts'
import { requireDatabase } from './require-database.ts'
import { openWhole } from './row-security/every-row.ts'

export interface IntrospectedDatabase {
  readonly live: LiveStructure
  readonly dialect: SchemaDialect
  /** As the URL names it, or the file's name without its folder; null for one in memory. */
  readonly database: string | null
}

/** While the database is open. */
export interface OpenIntrospection extends IntrospectedDatabase {
  /** The rows of a query; asks one at a time. */
  rows(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>
}

/**
 * The structure of the database that a URL names, for whoever has no models yet. Reads the catalogue and changes nothing. Errors:
 * `DATABASE_URL`, `DRIVER_MISSING`, `DATABASE_UNREACHABLE`.
 */
export function introspectDatabase(url: string): Promise<IntrospectedDatabase> {
  return withIntrospected(url, ({ live, dialect, database }) => Promise.resolve({ live, dialect, database }))
}

const timeoutMs = 60_000

/** The same, with the database open to be asked about its rows. */
export async function withIntrospected<T>(url: string, work: (opened: OpenIntrospection) => Promise<T>): Promise<T> {
  const dialect = await dialectOf(url)
  requireDatabase(dialect, url)
  const { schema } = dialect
  const driver = await openWhole(url, dialect, { size: 1, overflow: 0 })
  try {
    const structure = structureOf({ driver, schema })
    const live = await structure.introspect()
    const rows: OpenIntrospection['rows'] = (sql) =>
      withConnection(driver, { access: 'read', timeoutMs }, (runner) => runner.rows({ sql, parameters: [] }))
    return await work({ live, dialect: structure.dialect, database: databaseNameIn(url), rows })
  } finally {
    await driver.close()
  }
}

/** Never the host: `postgres://127.0.0.1` names no database. */
function databaseNameIn(url: string): string | null {
  const [, rest = ''] = /^[^:]+:(.*)$/s.exec(url.split('?')[0] ?? '') ?? []
  const path = rest.startsWith('//') ? rest.slice(2).split('/').slice(1).join('/') : rest
  const name = path.split(/[/\\]/).at(-1) ?? ''
  return name === '' || name.includes(':memory:') ? null : decoded(name)
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
