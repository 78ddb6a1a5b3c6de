import type { ServerVersion, StructureRenderer } from '../../../schema/index.ts'
import { alterTable } from './alter-table.ts'
import { createTable, dropTable } from './create-table.ts'
import { limitsOn } from './limits.ts'
import { renameColumns, renameTables } from './rename-objects.ts'

/** PostgreSQL's statements for changes. */
export function rendererOn(server: ServerVersion): StructureRenderer {
  return { limits: limitsOn(server), createTable, dropTable, renameTables, renameColumns, alterTable }
}
