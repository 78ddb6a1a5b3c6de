import type { MigrationCheck } from './migration.ts'
import { quoteInSource } from './quote-in-source.ts'
import type { DraftStep, RevisionDraft } from './revision-draft.ts'

/** The file of a revision, as a person would write it. */
export function revisionText({ dialect, revision, parents, description, up, down }: RevisionDraft): string {
  const isByHand = up.length === 0 && down.length === 0 && parents.length < 2
  return [
    "import { migration } from 'terrace/database'",
    '',
    `/** ${lineOf(description).replaceAll('*/', '* /')} */`,
    'export default migration({',
    `  dialect: ${quoteInSource(dialect)},`,
    `  revision: ${quoteInSource(revision)},`,
    `  parents: [${parents.map(quoteInSource).join(', ')}],`,
    `  description: ${quoteInSource(description)},`,
    ...stepLines('up', up, isByHand ? upHints : []),
    ...stepLines('down', down, isByHand ? downHints : []),
    '})',
    '',
  ].join('\n')
}

const upHints = [
  "{ sql: 'update …' }",
  "{ sql: ['create trigger …', 'create trigger …'], refuseIf: [{ sql: 'select count(*) as offending from …', rows: '…' }] }",
  "{ data: 'fill-…', version: 1, run: async (rows) => { await rows.run('update …') } }",
]
const downHints = ["The steps back, in their order; or why there is none: { irreversible: '…' }"]

function stepLines(name: string, steps: readonly DraftStep[], hints: readonly string[]): readonly string[] {
  if (steps.length === 0 && hints.length === 0) return [`  ${name}: [],`]
  const lines = steps.flatMap(({ comments, step }) => [...comments.map(comment), ...partLines(step)])
  return [`  ${name}: [`, ...hints.map(comment), ...lines, '  ],']
}

function comment(text: string): string {
  return `    // ${lineOf(text)}`
}

/** Whatever ends a line would end the comment. */
function lineOf(text: string): string {
  return text.replaceAll(/[\n\r\u0085\u2028\u2029]+/g, ' ')
}

function partLines(step: DraftStep['step']): readonly string[] {
  if ('irreversible' in step) return [`    { irreversible: ${quoteInSource(step.irreversible)} },`]
  const { sql, refuseIf, transaction } = step
  const parts = [
    ...(typeof sql === 'string' ? [`sql: ${quoteInSource(sql)},`] : listLines('sql', sql.map(quoteInSource))),
    ...(refuseIf === undefined ? [] : listLines('refuseIf', refuseIf.map(checkText))),
    ...(transaction === undefined ? [] : ['transaction: false,']),
  ]
  const [only] = parts
  if (parts.length === 1 && only !== undefined && !only.includes('\n')) return [`    { ${only.slice(0, -1)} },`]
  return ['    {', ...parts.map((part) => `      ${part}`), '    },']
}

function listLines(name: string, items: readonly string[]): readonly string[] {
  return [`${name}: [`, ...items.map((item) => `  ${item},`), '],']
}

function checkText({ sql, rows, remedy }: MigrationCheck): string {
  const last = remedy === undefined ? '' : `, remedy: ${quoteInSource(remedy)}`
  return `{ sql: ${quoteInSource(sql)}, rows: ${quoteInSource(rows)}${last} }`
}
