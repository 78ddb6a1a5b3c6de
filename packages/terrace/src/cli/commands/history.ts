import { join } from 'node:path'
import { defineCommand } from '../command/command.ts'
import { databaseFlags, folderFlags, modelFlags } from '../command/shared-flags.ts'
import { withMigrations } from '../configure/with-migrations.ts'
import { aligned } from '../print/aligned.ts'
import { revisionCells } from '../print/revision-lines.ts'
import { shownRevision, type ShownRevision } from '../print/shown-revision.ts'

interface HistoryResult {
  readonly folder: string
  readonly heads: readonly string[]
  readonly revisions: readonly ShownRevision[]
}

export const historyCommand = defineCommand({
  name: 'db history',
  summary: 'Lists the revisions of the folder, the latest first.',
  description: ['By the folder alone; terrace db current says which of them the database has.'],
  arguments: {},
  flags: { ...databaseFlags, ...modelFlags, ...folderFlags },
  result: {
    folder: 'The folder of this engine.',
    heads: 'Revisions that no other comes after.',
    revisions: '`{ revision, description, parents, file, checksum }`, parents first.',
  },
  exits: { 3: 'a file of the folder cannot be used, or its parents are missing or go in a circle' },
  examples: [{ command: 'terrace db history', does: 'What there is, and what comes after what.' }],
  interrupted: 'atOnce',
  run: (call) =>
    withMigrations(call, async (migrations) => {
      const { heads, revisions, ...history } = await migrations.history()
      const folder = call.project.shown(join(history.folder, history.dialect))
      return {
        result: { folder, heads, revisions: revisions.map(shownRevision(call.project)) } satisfies HistoryResult,
      }
    }),
  show: ({ folder, heads, revisions }: HistoryResult, palette) => {
    const rows = revisions.toReversed().map((revision) => {
      const [id = '', description = '', before = ''] = revisionCells(revision, palette)
      return [id, description, heads.includes(revision.revision) ? `${before} ${palette.good('(head)')}` : before]
    })
    return [palette.dim(folder), ...(revisions.length === 0 ? ['no revision'] : aligned(rows))]
  },
})
