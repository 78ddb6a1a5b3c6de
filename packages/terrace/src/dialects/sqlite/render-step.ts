import {
  made,
  type Change,
  type ObjectPath,
  type Query,
  type RenderedStep,
  type TablePart,
} from '../../schema/index.ts'

type Given = Pick<RenderedStep, 'phase' | 'table' | 'changes' | 'statements' | 'inverse' | 'idempotenceProbe'> &
  Partial<RenderedStep>

/** Who writes is alone in the whole file, and readers go on. */
const plainStep = {
  lock: { blocks: 'writes', work: 'none' },
  transaction: 'plan',
  makes: [],
  drops: [],
  refersTo: [],
} as const

export function stepOf(given: Given): RenderedStep {
  return { ...plainStep, ...given }
}

export function objectProbe(name: string): Query {
  return { sql: 'select count(*) as applied from sqlite_schema where name = ?', parameters: [name] }
}

export function goneProbe(name: string): Query {
  return { sql: 'select count(*) = 0 as applied from sqlite_schema where name = ?', parameters: [name] }
}

export function columnProbe(table: string, column: string): Query {
  return {
    sql: 'select count(*) as applied from pragma_table_xinfo(?) where name = ?',
    parameters: [table, column],
  }
}

export function columnGoneProbe(table: string, column: string): Query {
  return {
    sql: 'select count(*) = 0 as applied from pragma_table_xinfo(?) where name = ?',
    parameters: [table, column],
  }
}

const kinds = {
  Column: 'column',
  PrimaryKey: 'primaryKey',
  Unique: 'unique',
  Index: 'index',
  ForeignKey: 'foreignKey',
  Check: 'check',
} as const

/** What the changes of one table make and change, and what they drop, by their paths in the ledger. */
export function pathsOfChanges(changes: readonly TablePart[]): {
  readonly makes: readonly ObjectPath[]
  readonly drops: readonly ObjectPath[]
} {
  return {
    makes: changes.flatMap(madeBy),
    drops: changes.flatMap((change) => ('wanted' in change ? renamedAway(change) : droppedBy(change))),
  }
}

function kindOf(change: Change): ObjectPath['kind'] {
  return kinds[change.kind.replace(/^[a-z]+/, '') as keyof typeof kinds]
}

function madeBy(change: TablePart): readonly ObjectPath[] {
  const { name } = change.table.live
  if (change.kind === 'alterTable') return [{ kind: 'table', path: name }]
  if (change.kind === 'alterPrimaryKey') return change.wanted === null ? [] : [keyPath(name, change.wanted)]
  if (!('wanted' in change)) return []
  const own = made(kindOf(change), name, change.wanted)
  if (change.kind !== 'addColumn') return [own]
  return [
    own,
    ...change.foreignKeys.map((key) => made('foreignKey', name, key)),
    ...change.checks.map((check) => made('check', name, check)),
  ]
}

function keyPath(table: string, { name }: { readonly name: string | null }): ObjectPath {
  return { kind: 'primaryKey', path: `${table}.${name ?? 'primary'}` }
}

function droppedBy(change: TablePart): readonly ObjectPath[] {
  if (!('live' in change) || change.live === null || change.kind === 'alterTable') return []
  if (change.kind === 'alterPrimaryKey') return [keyPath(change.table.live.name, change.live)]
  return [made(kindOf(change), change.table.live.name, change.live)]
}

/** An object whose name differs goes under its old one. */
function renamedAway(change: TablePart): readonly ObjectPath[] {
  if (!('live' in change) || !('wanted' in change) || change.live === null) return []
  return change.live.name === change.wanted?.name ? [] : droppedBy(change)
}
