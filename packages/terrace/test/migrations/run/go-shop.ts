import type { Driver } from '../../../src/database/index.ts'
import { runDowngrade, runUpgrade, type MigrationObserver, type Revision } from '../../../src/sync/index.ts'
import type { KillPoint } from '../../structure/starts/killing-driver.ts'
import type { Planned } from './revisions.ts'
import { shopFrom, withParts } from './shop.ts'

export interface MigrationOrder {
  readonly url: string
  readonly direction: 'upgrade' | 'downgrade'
  readonly planned: readonly Planned[]
  /** Where the process ends itself; never, without. */
  readonly kill?: KillPoint
}

interface Around {
  readonly through?: (driver: Driver) => Driver
  readonly observer?: MigrationObserver
}

/** All the way up from where the database is, or down to the first revision. */
export function goShop(
  { url, direction, planned }: Omit<MigrationOrder, 'kill'>,
  { through = (driver) => driver, observer = {} }: Around = {},
): Promise<readonly Revision[]> {
  const { history, first } = shopFrom(planned)
  const run = direction === 'upgrade' ? runUpgrade : runDowngrade
  return withParts(
    url,
    (parts) =>
      run(parts, {
        history,
        observer,
        path: (applied) => {
          const isApplied = new Set(applied.map(({ revision }) => revision))
          const path = history.revisions.filter(
            ({ revision }) => isApplied.has(revision) === (direction === 'downgrade'),
          )
          return direction === 'upgrade' ? path : path.toReversed().filter((revision) => revision !== first)
        },
      }),
    through,
  )
}
