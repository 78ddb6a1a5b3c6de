import type { OpenIntrospection } from '../../connect/index.ts'
import { blockingLimitRows } from '../../schema/index.ts'
import type { ColumnDraft, ModelDraft } from './model-draft.ts'

/** Which columns have values that their declared type does not have, in how many rows; one query for each table that can have some. */
export async function offendingRows(
  drafts: readonly ModelDraft[],
  { live, dialect, rows }: Pick<OpenIntrospection, 'live' | 'dialect' | 'rows'>,
): Promise<readonly string[]> {
  const notes: string[] = []
  for (const { live: table, columns } of drafts) {
    const asked = columns.flatMap((column) => conditionOn(column))
    if (asked.length === 0) continue
    if ((live.estimatedRows[table.name] ?? 0) > blockingLimitRows) {
      notes.push(`${table.name}: too large to look whether every value is one of its declared type`)
      continue
    }
    const counts = asked.map(({ condition }, at) => `count(case when ${condition} then 1 end) as n${at}`)
    const [found] = await rows(`select ${counts.join(', ')} from ${dialect.quoteName(table.name)}`)
    for (const [at, { column }] of asked.entries()) {
      const count = Number(found?.[`n${at}`] ?? 0)
      if (count > 0) notes.push(`${table.name}.${column}: ${told(count)}`)
    }
  }
  return notes
}

function conditionOn({ live, as }: ColumnDraft): readonly { readonly column: string; readonly condition: string }[] {
  const condition = as.kind === 'column' ? as.offending : null
  return condition === null ? [] : [{ column: live.name, condition }]
}

function told(count: number): string {
  const rows = count === 1 ? '1 row has a value' : `${count} rows have values`
  return `${rows} that the declared type does not have: read as far as that goes, and not written back`
}
