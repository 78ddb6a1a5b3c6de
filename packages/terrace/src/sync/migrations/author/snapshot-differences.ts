import {
  diffSnapshots,
  pendingRenames,
  renameStructure,
  sidesOf,
  type LiveStructure,
  type Rename,
  type SchemaDialect,
  type Snapshot,
} from '../../../schema/index.ts'
import { renameChanges } from '../../startup/renames.ts'

/** How two declared structures differ, without asking any database: a line for each object. */
export function snapshotDifferences(before: Snapshot, after: Snapshot, dialect: SchemaDialect): readonly string[] {
  const { renames, conflicts } = pendingRenames(after, before, (rename) => isSettled(before, rename))
  const former = asLive(before)
  const live = renameStructure(former, renames, dialect)
  const changes = [
    ...conflicts,
    ...renameChanges(renames, { before: former, live, declared: after }),
    ...diffSnapshots(live, { declared: after, canonical: after }),
  ]
  return changes.map((change) => {
    const { object, live: is, wanted } = sidesOf(change)
    return `${object}: ${is} → ${wanted}`
  })
}

/** A rename that the former structure has declared too was done by then, so that two names that change places do so once. */
function isSettled({ tables }: Snapshot, { object, table, from, to }: Rename): boolean {
  const known = object === 'table' ? tables[to] : tables[table]?.columns.find(({ name }) => name === to)
  return [known?.source?.renamedFrom ?? []].flat().includes(from)
}

function asLive(snapshot: Snapshot): LiveStructure {
  const rest = { estimatedRows: {}, otherObjects: {}, opaque: [], hasJournal: true, leftovers: [] }
  return { snapshot, ...rest }
}
