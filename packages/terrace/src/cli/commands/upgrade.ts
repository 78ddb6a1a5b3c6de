import { shownUrl } from '../../connect/index.ts'
import { defineCommand } from '../command/command.ts'
import { optional, toggle } from '../command/flag.ts'
import { databaseFlags, folderFlags, modelFlags } from '../command/shared-flags.ts'
import { migrationObserver } from '../configure/migration-observer.ts'
import { noteFolder } from '../configure/note-folder.ts'
import { withMigrations } from '../configure/with-migrations.ts'
import { counted } from '../print/counted.ts'
import { shownRevision, type ShownRevision } from '../print/shown-revision.ts'
import { aligned } from '../print/aligned.ts'
import { revisionCells } from '../print/revision-lines.ts'

interface UpgradeResult {
  readonly database: string
  readonly target: string
  readonly applied: readonly ShownRevision[]
  readonly sql: string | null
}

export const upgradeCommand = defineCommand({
  name: 'db upgrade',
  summary: 'Applies revisions, up to the head or to the one named.',
  description: [
    'Every revision that is missing on the way is applied, also one that came later than others that were applied already. Each step is',
    'recorded; what was interrupted is gone on with. What counts rows counts them first, and any row refuses its revision before its',
    'first change. Give --sql to print the statements and run nothing.',
  ],
  arguments: { target: optional('`head` (default), `heads`, `+2`, a revision or the beginning of one.') },
  flags: {
    ...databaseFlags,
    ...modelFlags,
    ...folderFlags,
    sql: toggle('Prints the statements in their order, and runs nothing.'),
  },
  result: {
    database: 'The URL, without its password.',
    target: 'What was asked for.',
    applied: 'What was applied, in its order: `{ revision, description, parents, file, checksum }`.',
    sql: 'With --sql, the statements as one text; else null.',
  },
  exits: {
    0: 'applied, or there was nothing to apply',
    3: 'refused: an applied revision was edited or has no file, there are several heads, or rows stand against a step',
  },
  examples: [
    { command: 'terrace db upgrade', does: 'To the head.' },
    { command: 'terrace db upgrade +1', does: 'The next revision alone.' },
    { command: 'terrace db upgrade --sql > upgrade.sql', does: 'For somebody else to run.' },
  ],
  interrupted: 'atSafePoint',
  run: (call) =>
    withMigrations(call, async (migrations, url) => {
      const { target = 'head' } = call.arguments
      const found = { database: shownUrl(url), target }
      if (call.flags.sql) {
        const sql = await migrations.sql('upgrade', target)
        return { result: { ...found, applied: [], sql } satisfies UpgradeResult }
      }
      const applied = await migrations.upgrade(target, migrationObserver(call), call.signal)
      if (applied.length === 0) await noteFolder(migrations, call)
      return {
        result: { ...found, applied: applied.map(shownRevision(call.project)), sql: null } satisfies UpgradeResult,
      }
    }),
  show: ({ database, applied, sql }: UpgradeResult, palette) => {
    if (sql !== null) return [sql.trimEnd()]
    const head = palette.dim(database)
    if (applied.length === 0) return [head, 'nothing to apply: the database is there already']
    const rows = applied.map((revision) => revisionCells(revision, palette))
    return [head, palette.good(`applied ${counted(applied.length, 'revision')}`), ...aligned(rows, '  ')]
  },
})
