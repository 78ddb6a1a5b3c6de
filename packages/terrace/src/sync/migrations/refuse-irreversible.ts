import { errors } from '../../errors/index.ts'
import type { Revision } from './history.ts'

/** `MIGRATION_IRREVERSIBLE` with every step on the way back that leads nowhere: before the first change of the whole path. */
export function refuseIrreversible(path: readonly Revision[]): void {
  const list = path.flatMap(({ revision, description, down }) =>
    down.flatMap((step, at) =>
      'irreversible' in step ? [`${revision} (${description}), step ${at + 1} of its down: ${step.irreversible}`] : [],
    ),
  )
  if (list.length > 0) throw errors.MIGRATION_IRREVERSIBLE({ values: { list: list.join('; ') } })
}
