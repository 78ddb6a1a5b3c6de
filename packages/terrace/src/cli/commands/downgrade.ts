import { filledObjects, shownUrl, type ModelMigrations } from '../../connect/index.ts'
import { errors } from '../../errors/index.ts'
import { downgradePath, refuseDifferences, type Target } from '../../sync/index.ts'
import { defineCommand } from '../command/command.ts'
import { required, toggle } from '../command/flag.ts'
import { databaseFlags, folderFlags, modelFlags } from '../command/shared-flags.ts'
import { migrationObserver } from '../configure/migration-observer.ts'
import { withMigrations } from '../configure/with-migrations.ts'
import { aligned } from '../print/aligned.ts'
import { counted } from '../print/counted.ts'
import { revisionCells } from '../print/revision-lines.ts'
import { shownRevision, type ShownRevision } from '../print/shown-revision.ts'
import { takenAway } from './taken-away.ts'

interface DowngradeResult {
  readonly database: string
  readonly target: string
  readonly takenBack: readonly ShownRevision[]
  readonly sql: string | null
}

export const downgradeCommand = defineCommand({
  name: 'db downgrade',
  summary: 'Takes revisions back, down to the one named.',
  description: [
    'Runs the ways back, the latest revision first. What has none is refused before the first change. Where a way back drops what has',
    'rows, or deletes some, it says which and does nothing, unless --yes is given. Give --sql to print the statements and run nothing.',
  ],
  arguments: { target: required('`-1` for one revision, the revision to go back to, or `base` for all.') },
  flags: {
    ...databaseFlags,
    ...modelFlags,
    ...folderFlags,
    yes: toggle('Rows may be lost.'),
    sql: toggle('Prints the statements in their order, and runs nothing.'),
  },
  conflicts: [['yes', 'sql']],
  result: {
    database: 'The URL, without its password.',
    target: 'What was asked for.',
    takenBack: 'What was taken back, in its order: `{ revision, description, parents, file, checksum }`.',
    sql: 'With --sql, the statements as one text; else null.',
  },
  exits: { 3: 'refused: there is no way back, rows would be lost, or an applied revision was edited or has no file' },
  examples: [
    { command: 'terrace db downgrade -1', does: 'The latest revision.' },
    { command: 'terrace db downgrade base --yes', does: 'All of them, with the rows that they hold.' },
  ],
  interrupted: 'atSafePoint',
  run: (call) =>
    withMigrations(call, async (migrations, url) => {
      const { target } = call.arguments
      const found = { database: shownUrl(url), target }
      if (call.flags.sql) {
        const sql = await migrations.sql('downgrade', target)
        return { result: { ...found, takenBack: [], sql } satisfies DowngradeResult }
      }
      if (!call.flags.yes) await refuseLosses(migrations, url, target)
      const taken = await migrations.downgrade(target, migrationObserver(call), call.signal)
      return {
        result: { ...found, takenBack: taken.map(shownRevision(call.project)), sql: null } satisfies DowngradeResult,
      }
    }),
  show: ({ database, takenBack, sql }: DowngradeResult, palette) => {
    if (sql !== null) return [sql.trimEnd()]
    const head = palette.dim(database)
    if (takenBack.length === 0) return [head, 'nothing to take back: the database is there already']
    const rows = takenBack.map((revision) => revisionCells(revision, palette))
    return [head, palette.good(`took back ${counted(takenBack.length, 'revision')}`), ...aligned(rows, '  ')]
  },
})

/** `CLI_UNCONFIRMED` with what has rows and would go. */
async function refuseLosses(migrations: ModelMigrations, url: string, target: Target): Promise<void> {
  const [history, { applied }] = [await migrations.history(), await migrations.current()]
  // What was begun may have been corrected behind what is done of it: the run itself compares that.
  const done = applied.filter(({ state }) => state === 'done')
  refuseDifferences(history, done)
  const path = downgradePath(history, applied, target)
  const away = path.map((revision) => takenAway(revision, history))
  const places = away.flatMap((found) => found.places)
  const filled = places.length === 0 ? [] : await filledObjects(url, places)
  const words = filled.map(({ table, column }) =>
    column === null ? `rows of ${table}` : `values of ${table}.${column}`,
  )
  const losses = [...words, ...away.flatMap(({ byHand }) => byHand)]
  if (losses.length === 0) return
  throw errors.CLI_UNCONFIRMED({ values: { work: 'db downgrade', losses: [...new Set(losses)].join(', ') } })
}
