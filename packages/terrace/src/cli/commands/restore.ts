import { restoreDatabase, shownUrl, tablesWithRows, type RestoreReport } from '../../connect/index.ts'
import { errors, TerraceError } from '../../errors/index.ts'
import { defineCommand } from '../command/command.ts'
import { required, toggle } from '../command/flag.ts'
import { databaseFlags } from '../command/shared-flags.ts'
import { counted } from '../print/counted.ts'

interface RestoreResult {
  readonly database: string
  readonly file: string
  readonly tables: RestoreReport['tables']
  readonly compared: boolean
  readonly renumbered: readonly string[]
  readonly notes: readonly string[]
}

export const restoreCommand = defineCommand({
  name: 'db restore',
  summary: 'Makes the database what a backup has; what is there before is gone.',
  description: [
    'The file is looked at first, and what is in the database afterwards is compared with its manifest: structure, rows and checksums.',
    'Numbering goes on behind the highest number there is. Where the database has rows it says in which tables and does nothing, unless',
    '--yes is given.',
  ],
  arguments: { file: required('What terrace db backup has written.') },
  flags: { url: databaseFlags.url, yes: toggle('What is in the database may be lost.') },
  result: {
    database: 'The URL, without its password.',
    file: 'The copy.',
    tables: 'What is in the database now, by table: `{ rows, checksum }`.',
    compared: 'Whether there was a manifest to compare with.',
    renumbered: 'Columns whose numbering was set: `products.id`.',
    notes: 'What was not checked, and why.',
  },
  exits: {
    1: 'failed on the way, and says what is in the database now',
    3: 'refused: rows would be lost, the database is in use, the file is not whole, or what was restored is not what its manifest says',
    4: 'the database does not answer, or its tool is not installed',
  },
  examples: [
    { command: 'terrace db restore backups/shop-20261121T173000Z.dump --yes', does: 'Back to what was then.' },
  ],
  interrupted: 'atSafePoint',
  async run({ flags, arguments: { file }, project, report, signal }) {
    const url = project.database()
    if (!flags.yes) await refuseRows(url)
    const restored = await restoreDatabase(url, {
      file: project.path(file),
      signal,
      progress: (done, total) => report.progress('restored', done, total),
    })
    const { tables, manifest, renumbered, notes } = restored
    const result: RestoreResult = {
      database: shownUrl(url),
      file: project.shown(restored.file),
      tables,
      compared: manifest !== null,
      renumbered,
      notes,
    }
    return { result }
  },
  show: ({ database, file, tables, compared, notes }: RestoreResult, palette) => {
    const all = Object.values(tables)
    const rows = all.reduce((sum, table) => sum + table.rows, 0)
    const checked = compared ? 'as its manifest says' : 'and there is no manifest to compare with'
    return [
      palette.dim(database),
      `${palette.good('restored')} ${file}`,
      `${counted(all.length, 'table')}, ${counted(rows, 'row')}, ${checked}`,
      ...notes.map((note) => palette.warn(note)),
    ]
  },
})

/** `CLI_UNCONFIRMED`. A database that cannot be read is where a restore is wanted, and may have rows all the same. */
async function refuseRows(url: string): Promise<void> {
  const filled = await tablesWithRows(url).catch((error: unknown) => {
    if (error instanceof TerraceError && error.kind !== 'internal') throw error
    return null
  })
  if (filled?.length === 0) return
  const losses = filled === null ? 'what is there, which cannot be read' : rowsOf(filled)
  throw errors.CLI_UNCONFIRMED({ values: { work: 'db restore', losses } })
}

function rowsOf(tables: readonly string[]): string {
  const shown = tables.slice(0, 5).join(', ')
  return `rows of ${shown}${tables.length > 5 ? ` and ${tables.length - 5} more tables` : ''}`
}
