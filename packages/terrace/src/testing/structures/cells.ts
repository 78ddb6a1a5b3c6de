import type { ObjectKind } from '../../schema/index.ts'

/** What can differ of each kind of object. `name` stands for the object itself: it comes, goes, or is called otherwise. */
export const attributesOf = {
  table: ['name', 'comment', 'options'],
  column: ['name', 'type', 'nullability', 'default', 'generated', 'identity', 'collation', 'comment'],
  primaryKey: ['name', 'columns'],
  unique: ['name', 'columns', 'where', 'nulls', 'include', 'deferrable', 'heldBy'],
  index: ['name', 'columns', 'where', 'include', 'direction', 'nulls', 'expression', 'suffix', 'method'],
  foreignKey: ['name', 'columns', 'target', 'onDelete', 'onUpdate', 'deferrable'],
  check: ['name', 'expression'],
} as const satisfies Readonly<Record<ObjectKind, readonly string[]>>

export const editNames = ['add', 'change', 'drop', 'rename', 'swap'] as const
/** `violating`: rows that the first structure takes and the second does not. */
export const rowKinds = ['empty', 'rows', 'violating'] as const

export type RowKind = (typeof rowKinds)[number]

/** `column.type change` */
export type EditKey = string

export interface Cell {
  readonly edit: EditKey
  readonly rows: RowKind
}

export function cellText({ edit, rows }: Cell): string {
  return `${edit} ${rows}`
}

/** Object kind × attribute × edit × rows. */
export const allCells: readonly Cell[] = Object.entries(attributesOf).flatMap(([kind, attributes]) =>
  attributes.flatMap((attribute) =>
    editNames.flatMap((edit) => rowKinds.map((rows) => ({ edit: `${kind}.${attribute} ${edit}`, rows }))),
  ),
)

const isThereOrNot = 'it is there or not: add and drop'
const hasOne = 'there is always one: change'
const noName = 'it has no name of its own'
const onlyOne = 'a table has one'
const changedElsewhere = 'a change of the object is a cell of its other attributes'
const comesWithObject = 'it comes and goes with its object'

/** Why an edit is none, on any engine. */
const meaningless: Readonly<Record<EditKey, string>> = {
  ...reasons(changedElsewhere, [
    'table.name change',
    'column.name change',
    'primaryKey.name change',
    'unique.name change',
    'index.name change',
    'foreignKey.name change',
    'check.name change',
  ]),
  ...reasons(hasOne, ['table.options add', 'table.options drop', 'column.type add', 'column.type drop']),
  ...reasons(hasOne, ['unique.heldBy add', 'unique.heldBy drop', 'index.method add', 'index.method drop']),
  ...reasons(hasOne, ['index.direction add', 'index.direction drop', 'index.nulls add', 'index.nulls drop']),
  ...reasons(hasOne, [
    'foreignKey.target add',
    'foreignKey.target drop',
    'check.expression add',
    'check.expression drop',
  ]),
  ...reasons(hasOne, ['foreignKey.onDelete add', 'foreignKey.onDelete drop']),
  ...reasons(hasOne, ['foreignKey.onUpdate add', 'foreignKey.onUpdate drop']),
  ...reasons(comesWithObject, ['unique.columns add', 'unique.columns drop', 'index.columns add', 'index.columns drop']),
  ...reasons(comesWithObject, ['foreignKey.columns add', 'foreignKey.columns drop']),
  ...reasons(comesWithObject, ['primaryKey.name add', 'primaryKey.name drop']),
  ...reasons(isThereOrNot, ['column.nullability change', 'unique.nulls add', 'unique.nulls drop']),
  ...reasons(onlyOne, ['primaryKey.name swap']),
}

function reasons(reason: string, edits: readonly EditKey[]): Readonly<Record<EditKey, string>> {
  return Object.fromEntries(edits.map((edit) => [edit, reason]))
}

const named = new Set([
  'table.name',
  'column.name',
  'primaryKey.name',
  'unique.name',
  'index.name',
  'foreignKey.name',
  'check.name',
])

/** Why the edit of a cell is none, or cannot be on the engine that `impossible` is about; null where it can. */
export function reasonAgainst(cell: Cell, impossible: Readonly<Record<string, string>>): string | null {
  const [attribute = '', edit = ''] = cell.edit.split(' ')
  const general = meaningless[cell.edit]
  if (general !== undefined) return general
  if ((edit === 'rename' || edit === 'swap') && !named.has(attribute)) return noName
  return impossible[cellText(cell)] ?? impossible[cell.edit] ?? impossible[attribute] ?? null
}
