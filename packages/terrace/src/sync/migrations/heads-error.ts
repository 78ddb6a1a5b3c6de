import { errors, type TerraceError } from '../../errors/index.ts'
import type { MigrationHistory } from './history.ts'

/** `MIGRATION_HEADS`, with what each of them is. */
export function headsError({ heads, byId, folder, dialect }: MigrationHistory): TerraceError {
  const list = heads.map((id) => `${id} (${byId.get(id)?.description ?? ''})`).join(', ')
  return errors.MIGRATION_HEADS({ values: { folder: `${folder}/${dialect}`, count: heads.length, list } })
}
