import type { SyncReport } from '../connect/index.ts'

/**
 * What was done to the structure at start, in a few words: `schema in sync (created 2 tables, seeded 60 rows, 14 ms)`; and what was
 * not: `schema in sync but for 1 object changed by hand (14 ms)`.
 */
export function describeStructure({ policy, created, steps, seeded, frozen, durationMs }: SyncReport): string {
  if (policy === 'off') return 'schema not looked at'
  const tables = created.tables.length
  // A new table comes with its indexes; changes of other tables are told apart.
  const changes = steps.filter(({ table }) => !created.tables.includes(table)).length
  const rows = seeded.reduce((sum, { rows: inserted }) => sum + inserted, 0)
  const done = [
    tables === 0 ? [] : [`created ${counted(tables, 'table')}`],
    changes === 0 ? [] : [`made ${counted(changes, 'change')}`],
    rows === 0 ? [] : [`seeded ${counted(rows, 'row')}`],
    [`${Math.round(durationMs)} ms`],
  ].flat()
  const but = frozen.length === 0 ? '' : ` but for ${counted(frozen.length, 'object')} changed by hand`
  return `schema in sync${but} (${done.join(', ')})`
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
