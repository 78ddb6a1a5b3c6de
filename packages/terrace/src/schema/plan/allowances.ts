import type { Change, ChangeKind, ChangeOf } from '../change.ts'

const namesOfKinds: Readonly<Partial<Record<ChangeKind, string>>> = {
  addColumn: 'add-column',
  dropTable: 'drop-table',
  alterTable: 'alter-table',
  renameTable: 'rename-table',
  dropColumn: 'drop-column',
  alterColumn: 'alter-column',
  renameColumn: 'rename-column',
  alterPrimaryKey: 'alter-primary-key',
  dropUnique: 'drop-unique',
  dropIndex: 'drop-index',
  dropForeignKey: 'drop-foreign-key',
  dropCheck: 'drop-check',
}

/** What an allowance may begin with. */
const allowanceKinds: readonly string[] = Object.values(namesOfKinds).toSorted()

/** `drop-column products.kcal`: what a person writes to allow a change; null for changes that nobody has to allow. */
export function allowanceOf(change: Change): string | null {
  const kind = namesOfKinds[change.kind]
  const path = pathOf(change)
  return kind === undefined || path === null ? null : `${kind} ${path}`
}

/** Of tables their name, of what is in one `table.name`; renamed things go by their new name, companions by their column's. */
function pathOf(change: Change): string | null {
  switch (change.kind) {
    case 'dropTable':
      return change.live.name
    case 'renameTable':
    case 'alterTable':
      return change.wanted.name
    case 'alterPrimaryKey':
      return change.table.wanted.name
    case 'addColumn':
    case 'alterColumn':
    case 'renameColumn':
      return `${change.table.wanted.name}.${columnOf(change)}`
    case 'dropColumn':
    case 'dropUnique':
    case 'dropIndex':
    case 'dropForeignKey':
    case 'dropCheck':
      return change.live.name === null ? null : `${change.table.wanted.name}.${change.live.name}`
    default:
      return null
  }
}

/** The column that its property is named by: what is allowed for a text is allowed for the companion that folds it. */
function columnOf({ table, wanted, source }: ChangeOf<'addColumn' | 'alterColumn' | 'renameColumn'>): string {
  if (source === null || source.fact !== 'column' || source.properties.length > 0) return wanted.name
  const own = table.wanted.columns.find(
    (column) => column.source?.name === source.name && column.source.properties.length > 0,
  )
  return own?.name ?? wanted.name
}

/** Why a text is no allowance; null for one that is. */
export function allowanceProblem(allowance: string): string | null {
  const [kind = '', ...words] = allowance.trim().split(/\s+/)
  if (!allowanceKinds.includes(kind)) return `'${kind}' is none of ${allowanceKinds.join(', ')}`
  if (words.length === 0) return `'${kind}' names no object: an allowance is for one, as '${kind} ${exampleOf(kind)}'`
  return namesSeveral(words) ? 'it names more than one object' : null
}

/** Names may have spaces: only what could each be a path is more than one. */
function namesSeveral(words: readonly string[]): boolean {
  return words.length > 1 && words.every((word) => /^.+\..+$/.test(word))
}

function exampleOf(kind: string): string {
  return kind.endsWith('-table') || kind === 'alter-primary-key' ? 'products' : 'products.kcal'
}
