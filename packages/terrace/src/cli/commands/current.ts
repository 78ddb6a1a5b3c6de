import { shownUrl } from '../../connect/index.ts'
import { defineCommand } from '../command/command.ts'
import { databaseFlags, folderFlags, modelFlags } from '../command/shared-flags.ts'
import { withMigrations } from '../configure/with-migrations.ts'
import { aligned } from '../print/aligned.ts'
import { counted } from '../print/counted.ts'

interface ShownApplied {
  readonly revision: string
  readonly description: string
  readonly parents: readonly string[]
  readonly state: 'done' | 'upgrading' | 'downgrading'
  readonly stamped: boolean
  readonly appliedAt: string
}

interface CurrentResult {
  readonly database: string
  readonly heads: readonly string[]
  readonly applied: readonly ShownApplied[]
  readonly pending: readonly string[]
  readonly unfinished: string | null
}

export const currentCommand = defineCommand({
  name: 'db current',
  summary: 'Says which revisions the database has, and which it has not.',
  description: ['Reads the journal of the database and the folder; changes nothing.'],
  arguments: {},
  flags: { ...databaseFlags, ...modelFlags, ...folderFlags },
  result: {
    database: 'The URL, without its password.',
    heads: 'Applied revisions that no other applied one comes after.',
    applied: '`{ revision, description, parents, state, stamped, appliedAt }`, in the order of application.',
    pending: 'Revisions of the folder that the database has not, in the order in which they would be applied.',
    unfinished: 'The revision that was begun and has not ended; null for none.',
  },
  exits: { 3: 'a file of the folder cannot be used, or its parents are missing or go in a circle' },
  examples: [
    { command: 'terrace db current --json', does: 'For a deployment that asks whether it has anything to do.' },
  ],
  interrupted: 'atOnce',
  run: (call) =>
    withMigrations(call, async (migrations, url) => {
      const { heads, applied, pending, unfinished } = await migrations.current()
      const shown = applied.map(({ revision, description, parents, state, stamped, appliedAt }): ShownApplied => ({
        revision,
        description,
        parents,
        state,
        stamped,
        appliedAt: appliedAt.toISOString(),
      }))
      const found = { heads, applied: shown, pending, unfinished: unfinished?.revision ?? null }
      return { result: { database: shownUrl(url), ...found } satisfies CurrentResult }
    }),
  show: ({ database, heads, applied, pending, unfinished }: CurrentResult, palette) => {
    const rows = applied.map(({ revision, description, stamped, appliedAt }) => {
      const marks = [...(heads.includes(revision) ? ['current'] : []), ...(stamped ? ['stamped'] : [])]
      return [palette.name(revision), description, palette.dim([appliedAt, ...marks].join(', '))]
    })
    return [
      palette.dim(database),
      ...(applied.length === 0 ? ['no revision is applied'] : aligned(rows)),
      ...(unfinished === null
        ? []
        : [palette.warn(`begun and not ended: ${unfinished}; the command that began it goes on, run again`)]),
      ...(pending.length === 0 ? [] : [`${counted(pending.length, 'revision')} to apply: ${pending.join(', ')}`]),
    ]
  },
})
