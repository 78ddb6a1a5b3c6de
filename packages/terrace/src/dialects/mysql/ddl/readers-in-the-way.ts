import type { Change, OpaqueObject, StructureRenderer } from '../../../schema/index.ts'
import { quoteName } from '../schema-flavour.ts'

type Limit = ReturnType<StructureRenderer['limits']>

/**
 * Views and triggers know tables and columns by their names, and the server lets a name go from under them: a trigger then fails
 * at every write. Tried on MariaDB 10.11. A text that only mentions the name is taken for one that needs it. Routines, which
 * somebody has to call, are left to whoever does, as elsewhere.
 */
export function readersInTheWay(change: Change, opaque: readonly OpaqueObject[]): Limit {
  const found = opaque.find((object) => needs(object, change))
  if (found === undefined) return null
  const name = `the ${found.kind} ${found.name}${found.table === null ? '' : ` on ${found.table}`}`
  return {
    reason: `${name} asks for it by its name, and would fail`,
    remedy: `Drop ${name} by hand, start, and make it again as it should be then`,
  }
}

function needs(object: OpaqueObject, change: Change): boolean {
  const { kind, definition } = object
  if (definition === null || (kind !== 'view' && kind !== 'trigger')) return false
  const mentions = kind === 'view' ? mentionsQuoted : mentionsWord
  switch (change.kind) {
    case 'renameTable':
      return mentions(definition, change.live.name)
    case 'dropTable':
      return object.table !== change.live.name && mentions(definition, change.live.name)
    case 'renameColumn':
    case 'dropColumn': {
      const table = change.table.live.name
      const isReader = object.table === table || object.uses.includes(table) || mentions(definition, table)
      return isReader && mentions(definition, change.live.name)
    }
    default:
      return false
  }
}

/** The server prints a view with each name in quotes. */
function mentionsQuoted(definition: string, name: string): boolean {
  return definition.toLowerCase().includes(quoteName(name).toLowerCase())
}

/** A trigger keeps its text: as a word of its own, in any case, as names of columns and on some servers of tables are the same so. */
function mentionsWord(definition: string, name: string): boolean {
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(String.raw`(?<![\p{L}\p{N}_$])${escaped}(?![\p{L}\p{N}_$])`, 'iu').test(definition)
}
