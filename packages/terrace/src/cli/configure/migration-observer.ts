import type { MigrationObserver } from '../../sync/index.ts'
import type { Report } from '../print/report.ts'

const words = { upgrade: 'upgrading to', downgrade: 'taking back' } as const

/** Tells what revisions do while they do it. */
export function migrationObserver({ report }: { readonly report: Report }): MigrationObserver {
  let direction: keyof typeof words = 'upgrade'
  return {
    waiting: () => report.waiting(),
    begun: ({ revision, description }, into) => {
      report.working()
      direction = into
      report.progress(`${words[into]} ${revision} ${description}, step`, 0)
    },
    step: ({ revision }, { n, of }) => report.progress(`${words[direction]} ${revision}, step`, n, of),
  }
}
