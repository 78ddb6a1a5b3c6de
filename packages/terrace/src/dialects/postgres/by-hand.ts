import {
  doubleQuoteName as quote,
  type ByHand,
  type ChangeOf,
  type ColumnAspect,
  type ManualChange,
} from '../../schema/index.ts'
import { addCheck, addForeignKey, addUnique, createIndex } from './ddl.ts'

/** What a person runs on PostgreSQL. */
export const byHand: ByHand = {
  otherwise: 'Alter it by hand (alter table)',
  renamesRules: true,
  statements: (change) => {
    switch (change.kind) {
      case 'alterColumn':
        return alterColumn(change)
      case 'dropCheck':
      case 'dropForeignKey':
        return [dropConstraint(change)]
      case 'dropUnique':
        return [dropUnique(change)]
      case 'alterCheck':
        return renamed(change) ?? [dropConstraint(change), addCheck(change.table.wanted.name, change.wanted).sql]
      case 'alterForeignKey':
        return renamed(change) ?? [dropConstraint(change), addForeignKey(change.table.wanted.name, change.wanted).sql]
      case 'alterUnique':
        return renamed(change) ?? [dropUnique(change), addUnique(change.table.wanted.name, change.wanted).sql]
      case 'alterIndex':
        return (
          renamed(change) ?? [
            `drop index ${quote(change.live.name)}`,
            createIndex(change.table.wanted.name, change.wanted).sql,
          ]
        )
      case 'alterTable':
      case 'alterPrimaryKey':
        return null
    }
  },
}

type Column = ChangeOf<'alterColumn'>

const clauses: Readonly<Record<ColumnAspect, (change: Column) => string | null>> = {
  // Another length or precision; another kind of type may need a conversion that only a person knows.
  type: ({ live, wanted }) => (familyOf(live.type) === familyOf(wanted.type) ? typeClause(wanted) : null),
  collation: ({ wanted }) => (wanted.collation === null ? null : typeClause(wanted)),
  nullability: ({ wanted }) => (wanted.nullable ? 'drop not null' : 'set not null'),
  default: ({ wanted }) => (wanted.default === null ? 'drop default' : `set default ${wanted.default}`),
  generated: () => null,
  identity: () => null,
}

function alterColumn(change: Column): readonly string[] | null {
  const parts = change.differences.map(({ aspect }) => clauses[aspect](change))
  const { table, wanted } = change
  const head = `alter table ${quote(table.wanted.name)} alter column ${quote(wanted.name)}`
  const known = parts.filter((part) => part !== null)
  return known.length < parts.length ? null : [...new Set(known)].map((part) => `${head} ${part}`)
}

/** The collation is repeated: a new type without it would have the database's. */
function typeClause({ type, collation }: Column['wanted']): string {
  return `type ${type}${collation === null ? '' : ` collate ${quote(collation)}`}`
}

function familyOf(type: string): string {
  return type.replace(/\(.*\)/, '')
}

type Named = Exclude<ManualChange, ChangeOf<'alterTable' | 'alterColumn' | 'alterPrimaryKey'>>

function dropConstraint({ table, live }: Named): string {
  return `alter table ${quote(table.live.name)} drop constraint ${quote(live.name ?? '')}`
}

function dropUnique(change: ChangeOf<'dropUnique' | 'alterUnique'>): string {
  return change.live.heldBy === 'constraint' ? dropConstraint(change) : `drop index ${quote(change.live.name ?? '')}`
}

function renamed(change: Extract<Named, { readonly differences: unknown }>): readonly string[] | null {
  const { table, live, wanted, differences } = change
  if (differences.some(({ aspect }) => aspect !== 'name')) return null
  const [from, to] = [quote(live.name ?? ''), quote(wanted.name ?? '')]
  const isIndex = change.kind === 'alterIndex' || (change.kind === 'alterUnique' && change.live.heldBy === 'index')
  return [
    isIndex
      ? `alter index ${from} rename to ${to}`
      : `alter table ${quote(table.live.name)} rename constraint ${from} to ${to}`,
  ]
}
