import type { DeclaredModel } from '../bind/declared-graph.ts'
import { sqlNameOf } from '../bind/column-facts.ts'
import { foldedName } from '../naming.ts'
import type { TableStorage } from '../stored.ts'
import { problemAt, type Problem } from './problem.ts'

/** What a model declares of keys. */
interface DeclaredKey {
  readonly list: 'uniques' | 'indexes' | 'foreignKeys'
  readonly columns: readonly string[]
  /** How it was written. */
  readonly source: string
}

/**
 * A list under `stored` says all that an engine keeps of its kind: what the model declares and the list does not have would be made
 * nowhere, without a word. Rules of values are left out: the DAO holds them, whether the database does or not.
 */
export function unkeptProblems(at: string, kept: TableStorage, model: DeclaredModel): readonly Problem[] {
  return declaredKeys(model).flatMap(({ list, columns, source }) => {
    const parts = kept[list]
    if (parts === undefined || parts.some((part) => isAbout(part.columns, columns, model))) return []
    const names = columns.map((property) => sqlNames(property, model)[0] ?? property)
    const remedy = `Add { name, columns: ['${names.join("', '")}'], … } to it, take the list out, or take ${source} out`
    return [problemAt(`${at}.${list}`, `lists all ${words[list]} and has none for ${source}`, remedy)]
  })
}

const words = { uniques: 'unique rules', indexes: 'indexes', foreignKeys: 'foreign keys' } as const

function declaredKeys(model: DeclaredModel): readonly DeclaredKey[] {
  return [
    ...model.uniques.map(({ columns, source }) => ({ list: 'uniques', columns, source }) as const),
    ...model.indexes.map(({ columns, source }) => ({
      list: 'indexes' as const,
      columns: columns.map(({ column }) => column),
      source,
    })),
    ...model.references.map(({ columns, table }) => ({
      list: 'foreignKeys' as const,
      columns,
      source: `the reference of ${columns.join(', ')} to ${table}`,
    })),
  ]
}

type Listed = string | { readonly name: string }

/** It may have more columns: an owner's, or one that says which rows it is about. */
function isAbout(listed: readonly Listed[], columns: readonly string[], model: DeclaredModel): boolean {
  const names = listed.map((column) => (typeof column === 'string' ? column : column.name))
  return columns.every((property) => sqlNames(property, model).some((own) => names.some((name) => isColumn(name, own))))
}

/** As some engines have it in a unique rule: `title(20)`, `title desc`. */
function isColumn(written: string, column: string): boolean {
  return written === column || (written.startsWith(column) && /^[( ]/.test(written.slice(column.length)))
}

/** The column, and the companion that stands for it where case does not count. */
function sqlNames(property: string, { columns }: DeclaredModel): readonly string[] {
  const spec = columns.get(property)
  if (spec === undefined) return []
  const own = sqlNameOf(property, spec)
  return spec.ignoreCase ? [own, foldedName(own)] : [own]
}
