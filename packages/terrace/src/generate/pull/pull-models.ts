import { introspectDatabase } from '../../connect/index.ts'
import { errors } from '../../errors/index.ts'
import { nearestName } from '../../model/index.ts'
import type { LiveStructure } from '../../schema/index.ts'
import { modelsFrom } from './models-from.ts'
import type { PulledModels } from './pulled-models.ts'

export interface PullOptions {
  /** Tables to make models of, by name; default all. Keys that lead to others are listed in `left`. */
  readonly tables?: readonly string[]
}

/**
 * Models of the database that a URL names, as files to be written: they type-check, and a plan of them finds nothing to do. What no
 * model can say is listed with its reason, and kept by every later plan. Reads the catalogue and changes nothing.
 *
 * ```ts
 * const { files, left } = await pullModels('postgres://127.0.0.1/shop')
 * for (const { path, text } of files) await writeFile(join('src/models', path), text)
 * ```
 *
 * Errors: `PULL_TABLE` for a table that is not there, `PULL_EMPTY` where no table can be held, `DATABASE_URL`, `DRIVER_MISSING`,
 * `DATABASE_UNREACHABLE`.
 */
export async function pullModels(url: string, { tables }: PullOptions = {}): Promise<PulledModels> {
  const { live, dialect, database } = await introspectDatabase(url)
  refuseUnknown(live, tables ?? [])
  const pulled = modelsFrom(live, dialect, { database, ...(tables === undefined ? {} : { tables }) })
  if (pulled.tables.length > 0) return pulled
  const tablesLeft = pulled.left.filter(({ object }) => object.startsWith('table '))
  const list = tablesLeft.slice(0, mostTold).map(({ object, reason }) => `${object}: ${reason}`)
  const more = tablesLeft.length > mostTold ? [`and ${tablesLeft.length - mostTold} more`] : []
  throw errors.PULL_EMPTY({ values: { list: list.length === 0 ? 'it has none' : [...list, ...more].join('; ') } })
}

const mostTold = 5

function refuseUnknown({ snapshot }: LiveStructure, tables: readonly string[]): void {
  const known = Object.keys(snapshot.tables)
  const unknown = tables.find((table) => !known.includes(table))
  if (unknown === undefined) return
  const nearest = nearestName(unknown, known)
  const hint = nearest === null ? `It has ${known.length} tables that can be read` : `Did you mean "${nearest}"?`
  throw errors.PULL_TABLE({ values: { table: unknown, hint } })
}
