import { sqlNameOf } from '../bind/column-facts.ts'
import type { DeclaredGraph, DeclaredModel } from '../bind/declared-graph.ts'
import type { ColumnSpec } from '../column.ts'
import { foldedName } from '../naming.ts'
import { isObjectName, reservedQueryNames, reservedTablePrefixes } from '../reserved-names.ts'
import { checkCharacters } from '../validate/text-checks.ts'
import type { Problem } from './problem.ts'
import { problemAt } from './problem.ts'

// The shortest of the engines' limits on identifiers (PostgreSQL, NAMEDATALEN - 1; MariaDB has 64 characters).
const longestName = 63

// Engines' messages end a name at one of these, and queries end a table's at `.` and ` as `, so that neither could be told
// apart any more. MySQL takes no name that ends with a space, and none beyond the basic plane.
// Source: MySQL 8.4 manual, "Schema Object Names".
const unusableInName = /["'`.,]|\sas\s|^\s|\s$|[\u{10000}-\u{10ffff}]/iu

const modelForm = /^[A-Za-z][A-Za-z0-9]*$/
const propertyForm = /^[a-z][A-Za-z0-9]*$/

/** Names that are no identifiers, are taken, or that a database or the API keeps for itself. */
export function nameProblems(model: DeclaredModel, graph: DeclaredGraph): readonly Problem[] {
  return [
    ...modelNameProblems(model),
    ...tableProblems(model, graph),
    ...[...model.columns].flatMap(([property, spec]) => propertyProblems(model, property, spec)),
    ...sqlNameClashes(model),
  ]
}

function modelNameProblems({ name }: DeclaredModel): readonly Problem[] {
  if (isObjectName(name))
    return [problemAt(name, 'is a name of every JavaScript object', 'Give the model another name')]
  if (modelForm.test(name)) return []
  return [problemAt(name, 'is no name of a model', 'Use letters and digits, a letter first: OrderItem')]
}

function tableProblems({ name, table }: DeclaredModel, graph: DeclaredGraph): readonly Problem[] {
  const folded = table.toLowerCase()
  const others = graph.models.filter((other) => other.name !== name && other.table.toLowerCase() === folded)
  const first = graph.models.find((other) => other.table.toLowerCase() === folded)
  const prefix = reservedTablePrefixes.find((reserved) => folded.startsWith(reserved))
  return [
    ...identifierProblems(`${name}, table`, table),
    ...(prefix === undefined
      ? []
      : [problemAt(name, `table "${table}": names in ${prefix}… are reserved`, 'Give the table another name')]),
    ...(others.length > 0 && first?.name !== name
      ? [
          problemAt(
            name,
            `table "${table}" is the table of ${first?.name} (letter case aside)`,
            'Give each model a table of its own',
          ),
        ]
      : []),
  ]
}

export function identifierProblems(where: string, identifier: string): readonly Problem[] {
  if (identifier === '') return [problemAt(where, 'has an empty name', 'Give it a name')]
  if (checkCharacters(identifier) !== null)
    return [problemAt(where, 'has a name that is no valid text', 'Give it another name')]
  if (unusableInName.test(identifier))
    return [
      problemAt(
        where,
        `"${identifier}" is no name for every database`,
        'Leave out quotes, points, commas, " as ", spaces at its ends and characters beyond U+FFFF',
      ),
    ]
  const bytes = Buffer.byteLength(identifier)
  if (bytes <= longestName) return []
  return [
    problemAt(
      where,
      `"${identifier}" has ${bytes} bytes`,
      `Give it a name of at most ${longestName} bytes in the database`,
    ),
  ]
}

function propertyProblems({ name }: DeclaredModel, property: string, spec: ColumnSpec): readonly Problem[] {
  const where = `${name}.${property}`
  const isReadable = !spec.hidden && !spec.writeOnly
  if (isObjectName(property))
    return [
      problemAt(
        where,
        'is a name of every JavaScript object',
        "Give it another name and keep the column's with .column('…')",
      ),
    ]
  if (!propertyForm.test(property))
    return [
      problemAt(where, 'is not camelCase', `Write ${camelCase(property)} and keep the column's name with .column('…')`),
    ]
  if (isReadable && spec.filterAs === null && reservedQueryNames.includes(property)) {
    return [
      problemAt(
        where,
        `"${property}" is a query parameter of every list`,
        "Give it another name and keep the column's with .column('…'), filter by it as .filterAs('…'), or hide it",
      ),
    ]
  }
  return identifierProblems(where, storedNames(property, spec).at(-1) ?? '')
}

function camelCase(property: string): string {
  const words = property.split(/[^A-Za-z0-9]+/).filter((word) => word !== '')
  const joined = words
    .map((word, at) => (at === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1))
    .join('')
  return propertyForm.test(joined) ? joined : 'a name like unitPrice'
}

/** The column's name, then that of its folded companion: the longest last. */
export function storedNames(property: string, spec: ColumnSpec): readonly string[] {
  const own = sqlNameOf(property, spec)
  return spec.ignoreCase ? [own, foldedName(own)] : [own]
}

/** Some engines compare the names of columns without case, so clashes are found that way for all. */
function sqlNameClashes({ name, columns }: DeclaredModel): readonly Problem[] {
  const holders = new Map<string, string>()
  const problems: Problem[] = []
  for (const [property, spec] of columns) {
    for (const sqlName of storedNames(property, spec)) {
      const holder = holders.get(sqlName.toLowerCase())
      if (holder === undefined) holders.set(sqlName.toLowerCase(), property)
      else
        problems.push(
          problemAt(
            `${name}.${property}`,
            `its column "${sqlName}" is that of ${holder} (letter case aside)`,
            "Give one of them another name with .column('…')",
          ),
        )
    }
  }
  return problems
}
