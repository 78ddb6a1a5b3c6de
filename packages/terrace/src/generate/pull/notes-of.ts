import type { ModelDraft } from './model-draft.ts'

/** What is not as a new model would say it, by table and column. */
export function notesOf(drafts: readonly ModelDraft[]): readonly string[] {
  return drafts.flatMap((draft) => notesOfModel(draft).map((note) => `${draft.live.name}.${note}`))
}

/** The same of one table, by column. */
export function notesOfModel({ columns }: ModelDraft): readonly string[] {
  return columns.flatMap(({ live, as }) => {
    const isUnwritable = as.kind === 'native' && !live.nullable && live.default === null && live.generated === null
    const notes = [
      ...(as.note === null ? [] : [as.note]),
      ...(isUnwritable ? ['Terrace never gives it a value, so that rows need a trigger which does'] : []),
    ]
    return notes.length === 0 ? [] : [`${live.name}: ${notes.join('; ')}`]
  })
}
