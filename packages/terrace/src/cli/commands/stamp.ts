import { shownUrl } from '../../connect/index.ts'
import { defineCommand } from '../command/command.ts'
import { required, toggle } from '../command/flag.ts'
import { databaseFlags, folderFlags, modelFlags } from '../command/shared-flags.ts'
import { withMigrations } from '../configure/with-migrations.ts'
import { aligned } from '../print/aligned.ts'
import { counted } from '../print/counted.ts'
import { revisionCells } from '../print/revision-lines.ts'
import { shownRevision, type ShownRevision } from '../print/shown-revision.ts'

interface StampResult {
  readonly database: string
  readonly target: string
  readonly stamped: readonly ShownRevision[]
}

export const stampCommand = defineCommand({
  name: 'db stamp',
  summary: 'Records revisions as applied, or as not, without running them.',
  description: [
    'For a database that has the structure already: one that terrace db sync has made, or another tool. It is compared first with what',
    'the revisions say, and refused where it is another; --unchecked records it all the same.',
  ],
  arguments: { target: required('`head`, `heads`, a revision or the beginning of one, or `base` for none.') },
  flags: {
    ...databaseFlags,
    ...modelFlags,
    ...folderFlags,
    unchecked: toggle('Also where the structure is another.'),
  },
  result: {
    database: 'The URL, without its password.',
    target: 'What was asked for.',
    stamped: 'Whose record has changed: `{ revision, description, parents, file, checksum }`.',
  },
  exits: { 3: 'the structure is another, and nothing was recorded' },
  examples: [{ command: 'terrace db stamp head', does: 'From terrace db sync to revisions.' }],
  interrupted: 'atSafePoint',
  run: (call) =>
    withMigrations(call, async (migrations, url) => {
      const { target } = call.arguments
      const stamped = await migrations.stamp(target, { unchecked: call.flags.unchecked })
      const result: StampResult = { database: shownUrl(url), target, stamped: stamped.map(shownRevision(call.project)) }
      return { result }
    }),
  show: ({ database, stamped }: StampResult, palette) =>
    stamped.length === 0
      ? [palette.dim(database), 'nothing to record: the database says so already']
      : [
          palette.dim(database),
          palette.good(`recorded ${counted(stamped.length, 'revision')}`),
          ...aligned(
            stamped.map((revision) => revisionCells(revision, palette)),
            '  ',
          ),
        ],
})
