import type { StructureRenderer } from '../../../schema/index.ts'
import type { SchemaFlavour } from '../schema-flavour.ts'
import { alterTable } from './alter-table.ts'
import { createTable, dropTable } from './create-and-drop.ts'
import { limits } from './limits.ts'
import { readersInTheWay } from './readers-in-the-way.ts'
import { renameColumns, renameTables } from './rename-steps.ts'

/** Each step is one statement, which the server does whole or not at all and commits by itself. */
export function rendererFor(flavour: SchemaFlavour): StructureRenderer {
  return {
    limits: (change, { opaque }) => limits(change, flavour) ?? readersInTheWay(change, opaque),
    createTable: (change, context) => createTable(change, context, flavour),
    dropTable,
    renameTables: (changes) => renameTables(changes),
    renameColumns: (changes, context) => renameColumns(changes, context, flavour),
    alterTable: (alteration, context) => alterTable(alteration, context, flavour),
  }
}
