import { formerSqlName, sqlNameOf } from '../bind/column-facts.ts'
import type { DeclaredGraph, DeclaredModel } from '../bind/declared-graph.ts'
import { reservedTablePrefixes } from '../reserved-names.ts'
import { identifierProblems, storedNames } from './name-problems.ts'
import type { Problem } from './problem.ts'
import { problemAt } from './problem.ts'

/** Something with a name in the database and, where a rename is declared, a former one. */
interface Renamed {
  /** As messages call it: a property, or a model. */
  readonly title: string
  readonly name: string
  /** Its name and those of what goes along with it. */
  readonly names: readonly string[]
  readonly former: string | null
}

interface Kind {
  /** What carries the name: its column, its table. */
  readonly carrier: string
  readonly removal: string
  readonly example: string
}

const columnKind: Kind = {
  carrier: 'column',
  removal: 'Remove renamedFrom()',
  example: "Write renamedFrom('title') or renamedFrom({ column: 'title' })",
}
const tableKind: Kind = { carrier: 'table', removal: 'Remove renamedFrom', example: "Write { renamedFrom: 'items' }" }

/** Renames that rename nothing, or that could take the values of something else. A swap of two names is a rename like others. */
export function renameProblems(model: DeclaredModel, graph: DeclaredGraph): readonly Problem[] {
  const columns = [...model.columns].map(([property, spec]): Renamed => ({
    title: property,
    name: sqlNameOf(property, spec),
    names: storedNames(property, spec),
    former: formerSqlName(spec),
  }))
  const tables = graph.models.map(({ name, table, renamedFrom }): Renamed => ({
    title: name,
    name: table,
    names: [table],
    former: renamedFrom,
  }))
  const own = tables.filter(({ title }) => title === model.name)
  return [
    ...own.flatMap((table) => [
      ...reservedName(table),
      ...problemsOf(table, tables, { ...tableKind, where: model.name }),
    ]),
    ...columns.flatMap((column) =>
      problemsOf(column, columns, { ...columnKind, where: `${model.name}.${column.title}` }),
    ),
  ]
}

function problemsOf(
  renamed: Renamed,
  all: readonly Renamed[],
  { where, carrier, removal, example }: Kind & { readonly where: string },
): readonly Problem[] {
  const { former, name } = renamed
  if (former === null) return []
  if (typeof former !== 'string') return [problemAt(`${where}, renamedFrom`, 'is no name', example)]
  const unusable = identifierProblems(`${where}, renamedFrom`, former)
  if (unusable.length > 0) return unusable
  if (former === name)
    return [problemAt(where, `is renamed from "${former}", which its ${carrier} is called now`, removal)]
  const folded = former.toLowerCase()
  const others = all.filter((other) => other !== renamed)
  const first = all.find((other) => foldedName(other.former) === folded)
  if (first !== undefined && first !== renamed)
    return [
      problemAt(where, `is renamed from "${former}", and so is ${first.title}`, 'Keep the one that has its values'),
    ]
  const holder = others.find(
    (other) => other.former === null && other.names.some((taken) => taken.toLowerCase() === folded),
  )
  if (holder === undefined) return []
  const problem = `is renamed from "${former}", which is the ${carrier} of ${holder.title} still`
  return [problemAt(where, problem, `${removal}, or say what ${holder.title} was renamed from`)]
}

function foldedName(name: unknown): string | null {
  return typeof name === 'string' ? name.toLowerCase() : null
}

function reservedName({ title, former }: Renamed): readonly Problem[] {
  const folded = String(former).toLowerCase()
  const prefix = reservedTablePrefixes.find((reserved) => folded.startsWith(reserved))
  if (prefix === undefined) return []
  return [problemAt(title, `is renamed from "${former}": names in ${prefix}… are reserved`, 'Remove renamedFrom')]
}
