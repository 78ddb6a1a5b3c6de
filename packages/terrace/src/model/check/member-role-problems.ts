import { defaultRole } from '../bind/member-columns.ts'
import type { ColumnSpec } from '../column.ts'
import { unknownColumn } from './key-problems.ts'
import type { MemberPlace } from './member-place.ts'
import { nameHint } from './name-hint.ts'
import type { Problem } from './problem.ts'
import { problemAt } from './problem.ts'
import { typeText } from './type-text.ts'

/** Who reads and writes: roles that no membership can have, lists of none, and writers who would not see what they write. */
export function roleProblems(place: MemberPlace): readonly Problem[] {
  const { where, spec } = place
  const sides = [
    { side: 'read', given: spec.read, words: ['members', 'everyone'] },
    { side: 'write', given: spec.write, words: ['members', 'nobody'] },
  ] as const
  const wrong = sides.flatMap(({ side, given, words }) => listProblems(`${where}.${side}`, given, words))
  if (wrong.length > 0) return wrong
  const roles = [...new Set([spec.read, spec.write].flatMap((given) => (typeof given === 'string' ? [] : given)))]
  const unheld = roles.length === 0 && spec.role === null ? [] : columnProblems(place, roles)
  return unheld.length > 0 ? unheld : unreadProblems(place)
}

function listProblems(where: string, given: unknown, words: readonly string[]): readonly Problem[] {
  const known = words.map((word) => `'${word}'`).join(', ')
  const remedy = `Say ${known} or a list of roles`
  if (typeof given === 'string')
    return words.includes(given) ? [] : [problemAt(where, `"${given}" is not known`, remedy)]
  if (!Array.isArray(given) || !given.every((role) => typeof role === 'string'))
    return [problemAt(where, 'is no list of roles', remedy)]
  return given.length === 0 ? [problemAt(where, 'names no role', remedy)] : []
}

function columnProblems({ where, spec, through }: MemberPlace, roles: readonly string[]): readonly Problem[] {
  const name = spec.role ?? defaultRole
  const column = through.columns.get(name)
  if (column === undefined) return [unknownColumn(through, spec.role === null ? where : `${where}.role`, name)]
  const { type } = column
  if (type.kind === 'oneOf')
    return roles.flatMap((role) => unheldProblem({ where, column: `${through.name}.${name}` }, role, type.values))
  if (type.kind === 'text' && !column.ignoreCase) return []
  return [
    problemAt(`${where}.role`, `${through.name}.${name} is ${kindOf(column)}`, 'Declare it as oneOf(…), or as text'),
  ]
}

const kindOf = ({ type, ignoreCase }: ColumnSpec): string => (ignoreCase ? 'a text without case' : typeText(type))

function unheldProblem(
  { where, column }: { readonly where: string; readonly column: string },
  role: string,
  values: readonly string[],
): readonly Problem[] {
  if (values.includes(role)) return []
  const known = values.map((value) => `"${value}"`).join(', ')
  return [problemAt(where, `${column} is never "${role}"`, nameHint(role, values, `Name one of ${known}`))]
}

/** A new row must be one that its writer sees. */
function unreadProblems({ where, spec: { read, write } }: MemberPlace): readonly Problem[] {
  if (typeof read === 'string' || write === 'nobody') return []
  const blind = write === 'members' ? 'a member' : write.find((role) => !read.includes(role))
  if (blind === undefined) return []
  const who = write === 'members' ? blind : `the role "${blind}"`
  return [problemAt(where, `${who} writes what it does not read`, 'Let all who write read too')]
}
