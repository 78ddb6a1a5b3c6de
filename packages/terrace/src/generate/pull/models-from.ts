import type { LiveStructure, SchemaDialect } from '../../schema/index.ts'
import { bookkeeperOf } from './bookkeeping-tables.ts'
import { leftObjects } from './left-objects.ts'
import type { ModelDraft } from './model-draft.ts'
import { neededBy } from './needed-by.ts'
import { notesOf } from './notes-of.ts'
import type { LeftOut, PulledModels } from './pulled-models.ts'
import { settleDrafts } from './settle-drafts.ts'
import { writeModels } from './write-models.ts'

export interface ModelsFromOptions {
  /** By name; default all. */
  readonly tables?: readonly string[]
  /** The database's name, for the headers of the files. */
  readonly database?: string | null
}

/**
 * Models of a structure that was read. The same structure gives the same files, to the byte. Pure: what it says of each table is tried
 * in memory before it is written, and a table of which something differs is left out.
 */
export function modelsFrom(live: LiveStructure, dialect: SchemaDialect, options: ModelsFromOptions = {}): PulledModels {
  return draftedModels(live, dialect, options).pulled
}

export interface DraftedModels {
  readonly pulled: PulledModels
  readonly drafts: readonly ModelDraft[]
}

/** The same, with what the files were written from. */
export function draftedModels(
  live: LiveStructure,
  dialect: SchemaDialect,
  { tables, database = null }: ModelsFromOptions,
): DraftedModels {
  const left: LeftOut[] = []
  const wanted = Object.values(live.snapshot.tables).filter((table) => {
    if (tables !== undefined && !tables.includes(table.name)) return false
    const tool = bookkeeperOf(table)
    if (tool === null) return true
    left.push({ object: `table ${table.name}`, reason: `it belongs to ${tool}, which keeps its own books in it` })
    return false
  })
  const settled = settleDrafts(wanted, { live, dialect })
  const drafts = [...settled.drafts.values()]
  const needs = neededBy(drafts, { live, dialect })
  const pulled = {
    files: writeModels(settled.drafts, { dialect, database, needs }),
    tables: drafts.map((draft) => draft.live.name),
    left: [...left, ...settled.left, ...leftObjects(live, settled.drafts)],
    needs,
    notes: notesOf(drafts),
  }
  return { pulled, drafts }
}
