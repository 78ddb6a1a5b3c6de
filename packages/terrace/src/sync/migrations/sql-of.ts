import type { Revision } from './history.ts'
import type { MigrationStep, SqlStep } from './migration.ts'
import { statementsOf } from './statements-of.ts'

/**
 * The statements of a path as one text, for people and for other tools. It does not record that a revision was applied, and holds no
 * data steps: it says so where they would be.
 */
export function sqlOf(path: readonly Revision[], direction: 'upgrade' | 'downgrade'): string {
  return path.map((revision) => revisionSql(revision, direction)).join('\n')
}

function revisionSql(revision: Revision, direction: 'upgrade' | 'downgrade'): string {
  const { description, up, down, parents } = revision
  const after = parents.length === 0 ? 'the first one' : `after ${parents.join(' and ')}`
  const header = `${direction} ${revision.revision}, ${description} (${after})`
  const steps = direction === 'upgrade' ? up : down
  return [comment(header), ...steps.flatMap(stepSql), ''].join('\n')
}

function stepSql(step: MigrationStep): readonly string[] {
  if ('data' in step) return [comment(`data step ${step.data}, version ${step.version}: a function, not included here`)]
  if ('irreversible' in step) return [comment(`no way back: ${step.irreversible}`)]
  return [...checkLines(step), ...statementsOf(step).map(ended)]
}

function checkLines({ refuseIf = [], transaction }: SqlStep): readonly string[] {
  return [
    ...refuseIf.map(({ sql, rows }) => comment(`refused if there are ${rows}: ${sql}`)),
    ...(transaction === false ? [comment('outside of a transaction')] : []),
  ]
}

function comment(text: string): string {
  return text
    .split(/\r\n|[\n\r]/)
    .map((line) => `-- ${line}`)
    .join('\n')
}

/** On a line of its own where the last line may end in a comment, which would take it in. */
function ended(sql: string): string {
  const statement = sql.trim()
  if (statement.endsWith(';')) return statement
  const last = statement.slice(statement.lastIndexOf('\n') + 1)
  return /--|#/.test(last) ? `${statement}\n;` : `${statement};`
}
