import type { IntegrityProblem } from '../../database/index.ts'
import type { BackupManifest } from './backup-types.ts'
import type { DatabaseState } from './read-state.ts'

/** What a database has otherwise than a manifest says. */
export function manifestDifferences(
  manifest: BackupManifest,
  state: Pick<DatabaseState, 'structure' | 'tables' | 'server'>,
): readonly IntegrityProblem[] {
  const names = new Set([...Object.keys(manifest.tables), ...Object.keys(state.tables)])
  const tables = [...names].toSorted().flatMap((name) => tableDifference(name, manifest, state))
  if (manifest.structure === state.structure || !isSameServer(manifest, state)) return tables
  const what = 'tables, columns, keys, rules, views, triggers or routines are not those of the manifest'
  return [
    { object: 'structure', what, remedy: 'Compare it with the models, or with the backup in another database' },
    ...tables,
  ]
}

/** Servers of other versions may print the same structure otherwise. */
export function isSameServer({ server }: BackupManifest, state: Pick<DatabaseState, 'server'>): boolean {
  return server.product === state.server.product && server.version === state.server.version
}

function tableDifference(
  name: string,
  { tables }: BackupManifest,
  state: Pick<DatabaseState, 'tables'>,
): readonly IntegrityProblem[] {
  const [wanted, found] = [tables[name], state.tables[name]]
  const problem = (what: string): readonly IntegrityProblem[] => [
    { object: `table ${name}`, what, remedy: tableRemedy },
  ]
  if (wanted === undefined) return problem('it is not in the manifest')
  if (found === undefined) return problem(`it is missing, with ${wanted.rows} rows by the manifest`)
  if (wanted.rows !== found.rows) return problem(`${found.rows} rows, and ${wanted.rows} by the manifest`)
  if (wanted.checksum === found.checksum) return []
  return problem(`${found.rows} rows, and their checksum is not that of the manifest`)
}

const tableRemedy = 'If it was not written to since, restore the backup into another database and compare'
