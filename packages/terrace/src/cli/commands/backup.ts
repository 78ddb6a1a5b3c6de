import { backupDatabase, shownUrl, type BackupManifest } from '../../connect/index.ts'
import { defineCommand } from '../command/command.ts'
import { text } from '../command/flag.ts'
import { databaseFlags } from '../command/shared-flags.ts'
import { counted } from '../print/counted.ts'

interface BackupResult {
  readonly database: string
  readonly file: string
  readonly manifestFile: string
  readonly manifest: BackupManifest
}

export const backupCommand = defineCommand({
  name: 'db backup',
  summary: 'Copies the whole database to a file, with a manifest of what is in it.',
  description: [
    'Consistent while others go on writing, and whole: also what models do not know. A database in a file is copied by itself, one on a',
    "server by the server's own tool, which has to be installed; one that is missing is named. Beside the copy lies its manifest, with",
    'rows and checksums of each table, by which a restore is checked. Nothing is overwritten.',
  ],
  arguments: {},
  flags: {
    url: databaseFlags.url,
    out: text('<folder>', 'Made where it is missing. Default `backups` of the configuration, or `backups`.'),
  },
  result: {
    database: 'The URL, without its password.',
    file: 'The copy.',
    manifestFile: 'What is in it.',
    manifest: '`{ format, engine, copy, server, database, takenAt, revisions, structure, tables, file, notes }`.',
  },
  exits: {
    1: 'failed: the file could not be written, or the database or its tool says why not',
    4: 'the database does not answer, or its tool is not installed',
  },
  examples: [{ command: 'terrace db backup --out /var/backups/shop', does: 'Before a deployment.' }],
  interrupted: 'atSafePoint',
  async run({ flags, project, report, signal }) {
    const url = project.database()
    const backup = await backupDatabase(url, {
      folder: flags.out === undefined ? project.backups : project.path(flags.out),
      signal,
      progress: (done, total) => report.progress('copied', done, total),
    })
    const [file, manifestFile] = [project.shown(backup.file), project.shown(backup.manifestFile)]
    const result: BackupResult = { database: shownUrl(url), file, manifestFile, manifest: backup.manifest }
    return { result }
  },
  show: ({ database, file, manifest }: BackupResult, palette) => {
    const tables = Object.values(manifest.tables)
    const rows = tables.reduce((sum, table) => sum + table.rows, 0)
    return [
      palette.dim(database),
      `${palette.good('written')} ${file}`,
      `${counted(tables.length, 'table')}, ${counted(rows, 'row')}, ${counted(manifest.file.bytes, 'byte')}`,
      ...manifest.notes.map((note) => palette.warn(note)),
    ]
  },
})
