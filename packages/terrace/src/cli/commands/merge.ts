import { shownUrl, type VerifiedRevision } from '../../connect/index.ts'
import { defineCommand } from '../command/command.ts'
import { text } from '../command/flag.ts'
import { databaseFlags, migrationFlags, modelFlags } from '../command/shared-flags.ts'
import { withMigrations } from '../configure/with-migrations.ts'
import { revisionCells } from '../print/revision-lines.ts'
import { shownRevision, type ShownRevision } from '../print/shown-revision.ts'
import { verifiedLines } from '../print/verified-lines.ts'

interface MergeResult {
  readonly database: string
  readonly written: ShownRevision | null
  readonly verified: VerifiedRevision | null
}

export const mergeCommand = defineCommand({
  name: 'db merge',
  summary: 'Writes the revision that joins all heads.',
  description: [
    'Heads that change different things commute: both orders are tried on a scratch database, and the revision that has them all as',
    'parents is written. Heads that want one object to be different things are refused, with the object.',
  ],
  arguments: {},
  flags: {
    ...databaseFlags,
    ...modelFlags,
    ...migrationFlags,
    message: text('<text>', 'What it is about, in a line. Default which revisions it joins.', 'm'),
  },
  result: {
    database: 'The URL, without its password.',
    written: 'The revision: `{ revision, description, parents, file, checksum }`; null with one head or none.',
    verified:
      'How it was tried: `{ revision, reversible, sampleRows, losses, notes }`; null where nothing was written.',
  },
  exits: { 0: 'written, or there is one head', 3: 'the heads conflict, and nothing was written' },
  examples: [{ command: 'terrace db merge', does: 'After two branches were brought together.' }],
  interrupted: 'atSafePoint',
  run: (call) =>
    withMigrations(call, async (migrations, url) => {
      const found = await migrations.merge(call.flags.message, call.signal)
      const written = found === null ? null : shownRevision(call.project)(found.revision)
      const result: MergeResult = { database: shownUrl(url), written, verified: found?.verified ?? null }
      return { result }
    }),
  show: ({ written, verified }: MergeResult, palette) =>
    written === null
      ? ['there is one head: nothing to join']
      : [
          `${palette.good('written')} ${written.file}`,
          revisionCells(written, palette).join(' '),
          ...(verified === null ? [] : verifiedLines(verified, palette)),
        ],
})
