import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { shownUrl } from '../../connect/index.ts'
import { errors } from '../../errors/index.ts'
import { pullModels, type LeftOut, type PulledFile } from '../../generate/index.ts'
import { defineCommand } from '../command/command.ts'
import { list, text, toggle } from '../command/flag.ts'
import { databaseFlags } from '../command/shared-flags.ts'
import { aligned } from '../print/aligned.ts'
import { counted } from '../print/counted.ts'

interface PullResult {
  readonly database: string
  readonly out: string
  readonly files: readonly string[]
  readonly written: boolean
  readonly tables: readonly string[]
  readonly left: readonly LeftOut[]
  readonly notes: readonly string[]
  readonly needs: readonly string[]
}

export const pullCommand = defineCommand({
  name: 'db pull',
  summary: 'Writes models of a database that is there.',
  description: [
    'One file for each table, and models.ts with the graph: they type-check, and a plan of them finds nothing to do. What no model can say',
    '(views, triggers, tables without a key) is listed with its reason, and kept by every later plan. The database is only read.',
    'After it, terrace db adopt lets Terrace follow the models in these tables.',
  ],
  arguments: {},
  flags: {
    url: databaseFlags.url,
    out: text('<folder>', 'Where the files are written. Default `models`.'),
    table: list('<name>', 'A table to make a model of. Default all.'),
    force: toggle('Overwrites files that are there.'),
    'dry-run': toggle('Writes nothing, and says what it would write.'),
  },
  conflicts: [['force', 'dry-run']],
  result: {
    database: 'The URL, without its password.',
    out: 'The folder.',
    files: 'Paths from the folder.',
    written: 'False with --dry-run.',
    tables: 'Tables that have a model now.',
    left: 'What no model declares: `{ object, reason }`.',
    notes: 'Where a declared type reads what is there and is not what a new model would say.',
    needs:
      'Statements for types, sequences and functions that the models name and do not make: before a database is made of them from nothing.',
  },
  exits: {
    2: 'called or configured wrongly; also a table that is not there, or none that a model could be made of',
    3: 'a file is there already, and none was written',
  },
  examples: [
    { command: 'terrace db pull --url "$DATABASE_URL" --out src/models', does: 'Every table.' },
    { command: 'terrace db pull --table products --table brands --dry-run', does: 'Says what it would write for two.' },
  ],
  interrupted: 'atSafePoint',
  async run({ flags, project, signal }) {
    const url = project.database()
    const out = flags.out ?? 'models'
    const pulled = await pullModels(url, flags.table.length === 0 ? {} : { tables: flags.table })
    signal.throwIfAborted()
    if (!flags['dry-run']) await writeFiles(pulled.files, { folder: project.path(out), mayOverwrite: flags.force })
    const { tables, left, notes, needs } = pulled
    const files = pulled.files.map(({ path }) => path)
    const found = { tables, left, notes, needs, files, written: !flags['dry-run'] }
    return { result: { database: shownUrl(url), out, ...found } satisfies PullResult }
  },
  show: ({ database, out, files, written, tables, left, notes, needs }: PullResult, palette) => [
    palette.dim(database),
    palette.good(
      `${written ? 'wrote' : 'would write'} ${counted(files.length, 'file')} for ${counted(tables.length, 'table')}`,
    ),
    ...files.map((file) => `  ${join(out, file)}`),
    ...(left.length === 0 ? [] : ['', palette.bold(`left as it is: ${left.length}`)]),
    ...aligned(left.map(({ object, reason }) => [`- ${object}`, palette.dim(reason)])),
    ...(notes.length === 0 ? [] : ['', palette.bold('kept in its own way'), ...notes.map((note) => `- ${note}`)]),
    ...(needs.length === 0
      ? []
      : [
          '',
          `the models name what they do not make: ${counted(needs.length, 'statement')} at the top of ${join(out, 'models.ts')}`,
        ]),
    ...(written
      ? ['', 'next: terrace db plan says what differs, terrace db adopt follows these tables from now on']
      : []),
  ],
})

interface Writing {
  readonly folder: string
  readonly mayOverwrite: boolean
}

/** `CLI_FILE_EXISTS` before the first is written. */
async function writeFiles(files: readonly PulledFile[], { folder, mayOverwrite }: Writing): Promise<void> {
  const there = files.filter(({ path }) => existsSync(join(folder, path))).map(({ path }) => path)
  if (there.length > 0 && !mayOverwrite) throw errors.CLI_FILE_EXISTS({ values: { files: there.join(', ') } })
  for (const { path, text: content } of files) {
    const file = join(folder, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content)
  }
}
