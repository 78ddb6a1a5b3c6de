import { withIntrospected } from '../../connect/index.ts'
import { errors, type TerraceError } from '../../errors/index.ts'
import { nearestName } from '../../model/index.ts'
import type { LiveStructure } from '../../schema/index.ts'
import { draftedModels } from './models-from.ts'
import { offendingRows } from './offending-rows.ts'
import type { PulledModels } from './pulled-models.ts'

export interface PullOptions {
  /** Tables to make models of, by name; default all. Keys that lead to others are listed in `left`. */
  readonly tables?: readonly string[]
}

/**
 * Models of the database that a URL names, as files to be written: they type-check, and a plan of them finds nothing to do. What no
 * model can say is listed with its reason, and kept by every later plan. Reads and changes nothing: the catalogue, and of tables of up
 * to 100,000 estimated rows whether there are values that a declared type does not have, which `notes` tell.
 *
 * ```ts
 * const { files, left } = await pullModels('postgres://127.0.0.1/shop')
 * for (const { path, text } of files) await writeFile(join('src/models', path), text)
 * ```
 *
 * Errors: `PULL_TABLE` for a table that is not there, `PULL_EMPTY` where no table can be held, `DATABASE_URL`, `DRIVER_MISSING`,
 * `DATABASE_UNREACHABLE`.
 */
export function pullModels(url: string, { tables }: PullOptions = {}): Promise<PulledModels> {
  return withIntrospected(url, async ({ live, dialect, database, rows }) => {
    refuseUnknown(live, tables ?? [])
    const { pulled, drafts } = draftedModels(live, dialect, {
      database,
      ...(tables === undefined ? {} : { tables }),
    })
    if (drafts.length === 0) throw emptyError(pulled)
    const notes = await offendingRows(drafts, { live, dialect, rows })
    return { ...pulled, notes: [...pulled.notes, ...notes] }
  })
}

function emptyError({ left }: PulledModels): TerraceError {
  const tables = left.filter(({ object }) => object.startsWith('table '))
  const list = tables.slice(0, mostTold).map(({ object, reason }) => `${object}: ${reason}`)
  const more = tables.length > mostTold ? [`and ${tables.length - mostTold} more`] : []
  return errors.PULL_EMPTY({ values: { list: list.length === 0 ? 'it has none' : [...list, ...more].join('; ') } })
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
