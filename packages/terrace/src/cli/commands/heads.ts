import { join } from 'node:path'
import { defineCommand } from '../command/command.ts'
import { databaseFlags, folderFlags, modelFlags } from '../command/shared-flags.ts'
import { withMigrations } from '../configure/with-migrations.ts'
import { aligned } from '../print/aligned.ts'
import { revisionCells } from '../print/revision-lines.ts'
import { shownRevision, type ShownRevision } from '../print/shown-revision.ts'

interface HeadsResult {
  readonly folder: string
  readonly heads: readonly ShownRevision[]
}

export const headsCommand = defineCommand({
  name: 'db heads',
  summary: 'Lists the revisions that no other comes after.',
  description: ['More than one says that branches were brought together: terrace db merge joins them.'],
  arguments: {},
  flags: { ...databaseFlags, ...modelFlags, ...folderFlags },
  result: {
    folder: 'The folder of this engine.',
    heads: '`{ revision, description, parents, file, checksum }`, in the order of their ids.',
  },
  exits: { 3: 'a file of the folder cannot be used, or its parents are missing or go in a circle' },
  examples: [{ command: 'terrace db heads', does: 'Whether there is more than one.' }],
  interrupted: 'atOnce',
  run: (call) =>
    withMigrations(call, async (migrations) => {
      const { heads, byId, ...history } = await migrations.history()
      const folder = call.project.shown(join(history.folder, history.dialect))
      const found = heads.flatMap((head) => byId.get(head) ?? [])
      return { result: { folder, heads: found.map(shownRevision(call.project)) } satisfies HeadsResult }
    }),
  show: ({ folder, heads }: HeadsResult, palette) => [
    palette.dim(folder),
    ...(heads.length === 0 ? ['no revision'] : aligned(heads.map((head) => revisionCells(head, palette)))),
    ...(heads.length > 1 ? [palette.warn('more than one: terrace db merge joins them')] : []),
  ],
})
