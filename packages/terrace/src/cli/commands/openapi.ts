import { jsonDifferences, type ApiDocument } from '../../contract/index.ts'
import { errors, type TerraceError } from '../../errors/index.ts'
import { defineCommand } from '../command/command.ts'
import { text } from '../command/flag.ts'
import { appFlags } from '../command/shared-flags.ts'
import { appDocument } from '../configure/app-document.ts'
import { readApiFile } from '../configure/read-api-file.ts'
import { counted } from '../print/counted.ts'
import { written } from '../print/written.ts'

interface OpenApiResult {
  readonly title: string
  readonly version: string
  readonly operations: number
  readonly file: string | null
  readonly state: 'printed' | 'written' | 'unchanged' | 'current' | 'stale'
  readonly document: ApiDocument | null
}

export const openApiCommand = defineCommand({
  name: 'openapi',
  summary: 'Prints, writes or checks the OpenAPI document of the app.',
  description: [
    'The same document as GET /openapi.json, from the app as it is declared: nothing is started, and no database is opened. Kept in version',
    'control it shows in every review what a change means to clients; --check fails in a pipeline where it was not written anew. Order and',
    'spaces do not count there, so that a formatter may have its way.',
  ],
  arguments: {},
  flags: {
    ...appFlags,
    out: text('<file>', 'Written there, and not printed. What is the same stays as it is.'),
    check: text('<file>', 'Compared with the file; nothing is written.'),
  },
  conflicts: [['out', 'check']],
  result: {
    title: 'Of the app.',
    version: 'Of the app.',
    operations: 'How many the document has.',
    file: 'Written to or compared with; null where it is printed.',
    state: '`printed`, `written`, `unchanged` (nothing had to be written), `current` or `stale`.',
    document: 'The document where it is printed, else null.',
  },
  exits: {
    2: 'called or configured wrongly; also a file that is no document',
    3: 'the file is not what the app says now',
  },
  examples: [
    { command: 'terrace openapi --out openapi.json', does: 'Writes the document.' },
    { command: 'terrace openapi --check openapi.json', does: 'In a pipeline: exit code 3 where it is stale.' },
  ],
  interrupted: 'atOnce',
  async run({ flags, project }) {
    const document = await appDocument(project)
    const { title, version } = document.info
    const operations = Object.values(document.paths).flatMap((item) => Object.keys(item)).length
    const about = { title, version, operations, document: null }
    if (flags.check !== undefined) {
      const refusal = await staleness(document, flags.check, project.path(flags.check))
      const state = refusal === null ? 'current' : 'stale'
      return { result: { ...about, file: flags.check, state } satisfies OpenApiResult, ...(refusal && { refusal }) }
    }
    if (flags.out === undefined)
      return { result: { ...about, file: null, state: 'printed', document } satisfies OpenApiResult }
    const state = (await written(documentText(document), project.path(flags.out))) ? 'written' : 'unchanged'
    return { result: { ...about, file: flags.out, state } satisfies OpenApiResult }
  },
  show: ({ title, version, operations, file, state, document }: OpenApiResult, palette) => {
    if (document !== null) return documentText(document).trimEnd().split('\n')
    const what = `${title} ${version}, ${counted(operations, 'operation')}`
    if (state === 'stale') return [palette.bad(`${file} is stale: ${what}`)]
    return [palette.good(state === 'written' ? `wrote ${file}: ${what}` : `${file} is what the app says: ${what}`)]
  },
})

function documentText(document: ApiDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`
}

async function staleness(document: ApiDocument, shown: string, path: string): Promise<TerraceError | null> {
  const differences = jsonDifferences(await readApiFile(path, shown), document)
  if (differences.length === 0) return null
  const list = differences.map((line) => `- ${line}`).join('\n')
  const command = `terrace openapi --out ${shown}`
  return errors.CONTRACT_STALE({ values: { file: shown, count: differences.length, list, command } })
}
