import { nearestName } from '../../model/index.ts'
import type { FileProblem } from './file-problem.ts'
import type { MigrationHistory, Revision } from './history.ts'
import { parentsFirst } from './parents-first.ts'

export interface HistoryParts {
  readonly dialect: string
  readonly folder: string
  readonly revisions: readonly Revision[]
  /** Ids that files have by their names: a parent whose file cannot be used is not missing besides. */
  readonly knownIds?: ReadonlySet<string>
}

/** The graph of some revisions, or what keeps them from being one. */
export function historyOf({
  dialect,
  folder,
  revisions,
  knownIds = new Set(),
}: HistoryParts): MigrationHistory | { readonly problems: readonly FileProblem[] } {
  const byId = new Map(revisions.toReversed().map((revision) => [revision.revision, revision]))
  const distinct = revisions.filter((each) => byId.get(each.revision) === each)
  const problems = [...duplicates(revisions), ...missingParents(distinct, new Set([...knownIds, ...byId.keys()]))]
  const { ordered, inCircles } = parentsFirst(distinct)
  if (inCircles.length > 0) problems.push(circle(inCircles))
  if (problems.length > 0) return { problems }
  const parents = new Set(revisions.flatMap((revision) => revision.parents))
  const heads = [...byId.keys()].filter((id) => !parents.has(id)).toSorted()
  return { dialect, folder, revisions: ordered, byId, heads }
}

function duplicates(revisions: readonly Revision[]): readonly FileProblem[] {
  const groups = Map.groupBy(revisions, ({ revision }) => revision)
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => ({
      file: group.map(({ file }) => file).join(' and '),
      problem: `they are the same revision, ${group[0]?.revision ?? ''}`,
      remedy: 'Keep one of them; or, if they are two, write one of them anew with terrace db revision',
    }))
}

function missingParents(revisions: readonly Revision[], known: ReadonlySet<string>): FileProblem[] {
  return revisions.flatMap(({ file, parents }) =>
    parents
      .filter((parent) => !known.has(parent))
      .map((parent) => {
        const nearest = nearestName(parent, known)
        const meant = nearest === null ? '' : `; the nearest id is ${nearest}`
        const remedy = `Restore its file, from version control or the branch that has it, or correct parents${meant}`
        return { file, problem: `its parent ${parent} is not there`, remedy }
      }),
  )
}

function circle(inCircles: readonly Revision[]): FileProblem {
  const ids = inCircles.map(({ revision }) => revision).join(', ')
  return {
    file: inCircles.map(({ file }) => file).join(' and '),
    problem: `they come after one another in a circle (${ids})`,
    remedy: 'Correct the parents of one of them',
  }
}
