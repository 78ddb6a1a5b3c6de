import { shownUrl, verifyDatabase, type Verification, type VerifiedRevision } from '../../connect/index.ts'
import { errors, type TerraceError } from '../../errors/index.ts'
import { defineCommand, type Call } from '../command/command.ts'
import { text, toggle } from '../command/flag.ts'
import { databaseFlags, migrationFlags, modelFlags } from '../command/shared-flags.ts'
import type { BoundModels } from '../configure/project.ts'
import { migrationObserver } from '../configure/migration-observer.ts'
import { withMigrations } from '../configure/with-migrations.ts'
import { counted } from '../print/counted.ts'
import type { Palette } from '../print/palette.ts'
import { verifiedLines } from '../print/verified-lines.ts'

interface VerifyResult {
  readonly database: string
  readonly revisions: readonly VerifiedRevision[] | null
  readonly state: Verification | null
}

const flags = {
  ...databaseFlags,
  ...modelFlags,
  ...migrationFlags,
  revisions: toggle('Tries every revision out on a scratch database with rows: up, down and up again.'),
  database: toggle('Looks whether the database is sound, with all its rows.'),
  against: text('<backup>', 'With the database: its structure, rows and checksums have to be those of this backup.'),
}
type VerifyCall = Call<typeof flags, Readonly<Record<never, never>>>

export const verifyCommand = defineCommand({
  name: 'db verify',
  summary: 'Tries the revisions out, and looks whether the database is sound.',
  description: [
    'Without flags it does both where there is a folder of revisions, and looks at the database alone where there is none. Revisions are',
    "tried on a scratch database, which is dropped. Of the database the engine's own checks are asked, every row is read, and rows",
    'that refer to none are looked for; without a folder of revisions the models are compared as well. Changes nothing.',
  ],
  arguments: {},
  flags,
  result: {
    database: 'The URL, without its password.',
    revisions: '`{ revision, reversible, sampleRows, losses, notes }` of each; null where they were not asked for.',
    state: '`{ database, sound, problems, tables, structure, notes }`; null where it was not asked for.',
  },
  exits: { 0: 'all is as it should be', 3: 'a revision fails where it is tried, or the database is not sound' },
  examples: [
    { command: 'terrace db verify', does: 'Before and after a deployment.' },
    { command: 'terrace db verify --against backups/shop-20261121T173000Z.dump', does: 'After a restore.' },
  ],
  interrupted: 'atSafePoint',
  async run(call) {
    const { project } = call
    const url = project.database()
    const asksDatabase = call.flags.database || call.flags.against !== undefined
    const isBoth = !asksDatabase && !call.flags.revisions
    const asksRevisions = call.flags.revisions || (isBoth && project.hasMigrations())
    const revisions = asksRevisions
      ? await withMigrations(call, (migrations) => migrations.verify(migrationObserver(call), call.signal))
      : null
    const hasRevisions = revisions === null ? project.hasMigrations() : revisions.length > 0
    const state =
      asksDatabase || isBoth ? await verified(call, url, hasRevisions ? null : await project.modelsIfAny()) : null
    const result: VerifyResult = { database: shownUrl(url), revisions, state }
    const refusal = state === null ? null : unsound(state)
    return refusal === null ? { result } : { result, refusal }
  },
  show: verifyLines,
})

/** Where there are revisions it is they that say how the models and the database stand: `db check`, `db current`. */
async function verified(
  { flags: given, project, report, signal }: VerifyCall,
  url: string,
  models: BoundModels | null,
): Promise<Verification> {
  return verifyDatabase(url, {
    ...(models === null ? {} : { models }),
    ...(given.against === undefined ? {} : { against: project.path(given.against) }),
    signal,
    progress: (done, total) => report.progress('tables read', done, total),
  })
}

function unsound({ database, sound, problems }: Verification): TerraceError | null {
  if (sound) return null
  const list = problems.map(({ object, what, remedy }) => `- ${object}: ${what}. ${remedy}.`).join('\n')
  return errors.CLI_UNSOUND({ values: { database, count: problems.length, list } })
}

function verifyLines({ database, revisions, state }: VerifyResult, palette: Palette): readonly string[] {
  return [palette.dim(database), ...revisionLines(revisions, palette), ...stateLines(state, palette)]
}

function revisionLines(revisions: VerifyResult['revisions'], palette: Palette): readonly string[] {
  if (revisions === null) return []
  return [
    palette.good(`${counted(revisions.length, 'revision')} verified`),
    ...revisions.flatMap((revision) => {
      const [first = '', ...rest] = verifiedLines(revision, palette)
      return [`  ${palette.name(revision.revision)}  ${first}`, ...rest.map((line) => `    ${line}`)]
    }),
  ]
}

function stateLines(state: Verification | null, palette: Palette): readonly string[] {
  if (state === null) return []
  const tables = Object.values(state.tables)
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  const read = `${counted(tables.length, 'table')}, ${counted(rows, 'row')}`
  const head = state.sound ? palette.good('the database is sound') : palette.bad('the database is not sound')
  return [`${head}: ${read}`, ...state.notes.map((note) => `  ${palette.warn(note)}`)]
}
