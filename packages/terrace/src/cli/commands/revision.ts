import { shownUrl, type VerifiedRevision } from '../../connect/index.ts'
import { defineCommand } from '../command/command.ts'
import { list, requiredText, toggle } from '../command/flag.ts'
import { databaseFlags, migrationFlags, modelFlags } from '../command/shared-flags.ts'
import { noteFolder } from '../configure/note-folder.ts'
import { withModelMigrations } from '../configure/with-migrations.ts'
import { shownRevision, shownStep, type ShownRevision, type ShownStep } from '../print/shown-revision.ts'
import { verifiedLines } from '../print/verified-lines.ts'
import { revisionCells, stepLines } from '../print/revision-lines.ts'

interface RevisionResult {
  readonly database: string
  readonly written: ShownRevision | null
  readonly up: readonly ShownStep[]
  readonly down: readonly ShownStep[]
  readonly verified: VerifiedRevision | null
}

export const revisionCommand = defineCommand({
  name: 'db revision',
  summary: 'Writes the revision that leads from the head of the folder to the models.',
  description: [
    'Plans what leads from what all revisions of the folder make to what the models say, tries it up, down and up again on a scratch',
    'database with rows, and only then writes it: readable statements with their way back, and the structure after it beside them.',
    'Nothing is applied. --empty writes one without steps, for statements and data steps by hand.',
  ],
  arguments: {},
  flags: {
    ...databaseFlags,
    ...modelFlags,
    ...migrationFlags,
    message: requiredText('<text>', 'What it is about, in a line.', 'm'),
    autogenerate: toggle('From the models: the default.'),
    empty: toggle('Without steps, to be written by hand.'),
    allow: list('<change>', 'A drop that is no half of a rename: `drop-column products.kcal`.'),
    online: toggle('Ways that keep others working, in steps outside of a transaction.'),
  },
  conflicts: [
    ['autogenerate', 'empty'],
    ['empty', 'online'],
    ['empty', 'allow'],
  ],
  result: {
    database: 'The URL, without its password.',
    written: 'The revision: `{ revision, description, parents, file, checksum }`; null where nothing differs.',
    up: 'Its steps: `{ sql, refuseIf, transaction }`, `{ data, version }` or `{ irreversible }`.',
    down: 'The steps back.',
    verified:
      'How it was tried: `{ revision, reversible, sampleRows, losses, notes }`; null where nothing was written.',
  },
  exits: {
    0: 'written, or nothing differs',
    3: 'refused and not written: it cannot be planned, heads conflict, or it failed where it was tried',
  },
  examples: [
    { command: 'terrace db revision -m "add barcode"', does: 'From the models.' },
    { command: 'terrace db revision -m "fill barcodes" --empty', does: 'To be written by hand.' },
  ],
  interrupted: 'atSafePoint',
  run: (call) =>
    withModelMigrations(call, async (migrations, url) => {
      const { message: description, empty, allow, online } = call.flags
      const found = await migrations.revision({ description, empty, allow, online }, call.signal)
      if (found === null) await noteFolder(migrations, call)
      const none = { written: null, up: [], down: [], verified: null }
      const database = shownUrl(url)
      if (found === null) return { result: { database, ...none } satisfies RevisionResult }
      const { revision, verified } = found
      const { up, down } = revision
      const steps = { up: up.map(shownStep), down: down.map(shownStep) }
      return {
        result: {
          database,
          written: shownRevision(call.project)(revision),
          ...steps,
          verified,
        } satisfies RevisionResult,
      }
    }),
  show: ({ written, up, down, verified }: RevisionResult, palette) =>
    written === null
      ? ['nothing differs between the models and the head: no revision was written']
      : [
          `${palette.good('written')} ${written.file}`,
          revisionCells(written, palette).join(' '),
          '',
          palette.bold('up'),
          ...stepLines(up, palette),
          palette.bold('down'),
          ...stepLines(down, palette),
          ...(verified === null ? [] : ['', ...verifiedLines(verified, palette)]),
        ],
})
