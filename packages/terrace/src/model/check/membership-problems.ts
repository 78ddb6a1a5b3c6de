import type { DeclaredModel } from '../bind/declared-graph.ts'
import { actorColumnOf, groupColumnOf } from '../bind/member-columns.ts'
import type { MemberOfSpec } from '../model-spec.ts'
import type { MemberPlace } from './member-place.ts'
import type { Problem } from './problem.ts'
import { problemAt } from './problem.ts'

/** Whoever can write a membership can give it to himself. */
export function membershipProblems(place: MemberPlace): readonly Problem[] {
  const { where, spec, through } = place
  const { access, name } = through
  if (access?.kind === 'shared' && access.write === 'everyone')
    return [
      problemAt(
        where,
        `everyone writes ${name}, and so makes himself a member`,
        `Give ${name} an access of its own: memberOf('${spec.group}', { through: '${spec.through}', write: […] })`,
      ),
    ]
  const role = namedRole(spec)
  const writer = role === null ? null : selfAppointed(place)
  if (writer === null) return []
  return [
    problemAt(
      where,
      `each ${writer} writes ${name}, and so gives himself the role "${role}"`,
      `Say on ${name} who writes memberships: memberOf('${spec.group}', { through: '${spec.through}', write: ['${role}'] })`,
    ),
  ]
}

function namedRole({ read, write }: MemberOfSpec): string | null {
  return [write, read].flatMap((roles) => (typeof roles === 'string' ? [] : roles))[0] ?? null
}

/** Who writes a membership of his own without anybody's leave: each member, or each actor; null where it takes more than that. */
function selfAppointed({ spec, through, graph }: MemberPlace): string | null {
  const actorTable = tableOn(through, actorColumnOf(spec, through, graph))
  const groupColumn = groupColumnOf(spec, through)
  const isOfGroup = through.access?.kind === 'ownedThrough' && through.access.column === groupColumn
  const seen = new Set<DeclaredModel>()
  let model: DeclaredModel | undefined = through
  while (model?.access?.kind === 'ownedThrough' && !seen.has(model)) {
    seen.add(model)
    model = graph.byTable.get(tableOn(model, model.access.column) ?? '')
  }
  if (model?.access?.kind === 'memberOf')
    return model.access.through === spec.through && model.access.write === 'members' ? 'member' : null
  // Who owns the group is asked before anybody is a member of it.
  if (model === undefined || isOfGroup) return null
  const isActors =
    model.table === actorTable || [...model.columns.values()].some(({ owner }) => owner?.table === actorTable)
  return isActors ? (graph.byTable.get(actorTable ?? '')?.name ?? null) : null
}

function tableOn({ references }: DeclaredModel, column: string | null): string | null {
  return references.find(({ columns }) => columns.length === 1 && columns[0] === column)?.table ?? null
}
