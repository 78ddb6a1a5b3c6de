import type { ColumnDraft, ModelDraft } from './model-draft.ts'

/** What is not as a new model would say it, by table and column. */
export function notesOf(drafts: readonly ModelDraft[]): readonly string[] {
  return drafts.flatMap((draft) => notesOfModel(draft).map((note) => `${draft.live.name}.${note}`))
}

/** The same of one table, by column. */
export function notesOfModel({ columns }: ModelDraft): readonly string[] {
  return columns.flatMap((column) => {
    const notes = [column.as.note, unwritable(column), ownDefault(column)].filter((note) => note !== null)
    return notes.length === 0 ? [] : [`${column.live.name}: ${notes.join('; ')}`]
  })
}

function unwritable({ live, as }: ColumnDraft): string | null {
  const isRequired = !live.nullable && live.default === null && live.generated === null
  return as.kind === 'native' && isRequired
    ? 'Terrace never gives it a value, so that rows need a trigger which does'
    : null
}

/** Only what a model can say is done by whoever inserts through it. */
function ownDefault({ live, as, type }: ColumnDraft): string | null {
  if (live.default === null || as.kind === 'native' || as.default !== null) return null
  if (type.kind === 'identity' || (type.kind === 'uuid' && !live.nullable)) return null
  const instead = live.nullable ? 'Terrace writes NULL where nothing is given' : 'a value has to be given'
  return `the default ${live.default} is the database's alone: ${instead}`
}
