import { defineCommand } from '../command/command.ts'
import { optional } from '../command/flag.ts'
import { databaseFlags, folderFlags, modelFlags } from '../command/shared-flags.ts'
import { withMigrations } from '../configure/with-migrations.ts'
import { revisionCells, stepLines } from '../print/revision-lines.ts'
import { shownRevision, shownStep, type ShownRevision, type ShownStep } from '../print/shown-revision.ts'

interface ShowResult extends ShownRevision {
  readonly up: readonly ShownStep[]
  readonly down: readonly ShownStep[]
}

export const showCommand = defineCommand({
  name: 'db show',
  summary: 'Shows one revision: its statements and their way back.',
  description: ['By the folder alone.'],
  arguments: { revision: optional('`head` (default), a revision or the beginning of one.') },
  flags: { ...databaseFlags, ...modelFlags, ...folderFlags },
  result: {
    revision: 'Its id.',
    description: 'What it is about.',
    parents: 'Revisions it comes after.',
    file: 'Where it is.',
    checksum: 'Over its steps.',
    up: 'Its steps: `{ sql, refuseIf, transaction }`, `{ data, version }` or `{ irreversible }`.',
    down: 'The steps back.',
  },
  exits: {
    2: 'called or configured wrongly; also a revision that there is not',
    3: 'a file of the folder cannot be used',
  },
  examples: [{ command: 'terrace db show head', does: 'The latest one.' }],
  interrupted: 'atOnce',
  run: (call) =>
    withMigrations(call, async (migrations) => {
      const revision = await migrations.show(call.arguments.revision ?? 'head')
      const { up, down } = revision
      const steps = { up: up.map(shownStep), down: down.map(shownStep) }
      return { result: { ...shownRevision(call.project)(revision), ...steps } satisfies ShowResult }
    }),
  show: (result: ShowResult, palette) => [
    palette.dim(result.file),
    revisionCells(result, palette).join(' '),
    '',
    palette.bold('up'),
    ...stepLines(result.up, palette),
    palette.bold('down'),
    ...stepLines(result.down, palette),
  ],
})
