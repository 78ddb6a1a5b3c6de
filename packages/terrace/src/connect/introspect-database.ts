import type { LiveStructure, SchemaDialect } from '../schema/index.ts'
import { structureOf } from '../sync/index.ts'
import { dialectOf } from './dialect-of.ts'

export interface IntrospectedDatabase {
  readonly live: LiveStructure
  readonly dialect: SchemaDialect
  /** As the URL names it, or the file's name without its folder; null for one in memory. */
  readonly database: string | null
}

/**
 * The structure of the database that a URL names, for whoever has no models yet. Reads the catalogue and changes nothing. Errors:
 * `DATABASE_URL`, `DRIVER_MISSING`, `DATABASE_UNREACHABLE`.
 */
export async function introspectDatabase(url: string): Promise<IntrospectedDatabase> {
  const { runtime, schema } = await dialectOf(url)
  const driver = await runtime.open({ url, pool: { size: 1, overflow: 0 } })
  try {
    const structure = structureOf({ driver, schema })
    return { live: await structure.introspect(), dialect: structure.dialect, database: databaseNameIn(url) }
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
