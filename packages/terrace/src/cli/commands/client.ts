import { clientMark, clientSource, isSameCode, type ApiDocument } from '../../contract/index.ts'
import { errors } from '../../errors/index.ts'
import { defineCommand } from '../command/command.ts'
import { required, text, toggle } from '../command/flag.ts'
import { appFlags } from '../command/shared-flags.ts'
import { appDocument } from '../configure/app-document.ts'
import type { Project } from '../configure/project.ts'
import { readApiFile } from '../configure/read-api-file.ts'
import { counted } from '../print/counted.ts'
import { textIfThere, written } from '../print/written.ts'

interface ClientResult {
  readonly title: string
  readonly version: string
  readonly operations: number
  readonly file: string
  readonly state: 'written' | 'unchanged' | 'current' | 'stale'
}

export const clientCommand = defineCommand({
  name: 'client',
  summary: 'Writes a typed client of the app, for browsers and servers.',
  description: [
    'One file of TypeScript: the types of every operation with its documentation, the codes of errors, and openClient, which calls the API by',
    'fetch. It runs with terrace/client and the package openapi-fetch, which know nothing of Node. With --check nothing is written, and a file',
    'that is not what the app says fails, however it is formatted.',
  ],
  arguments: { out: required('The file, which ends in .ts.') },
  flags: {
    ...appFlags,
    document: text('<file>', 'An OpenAPI document in JSON, in the place of the app: of any API.'),
    check: toggle('Compares, and writes nothing.'),
    force: toggle('Overwrites a file that this command has not written.'),
  },
  conflicts: [
    ['app', 'document'],
    ['check', 'force'],
  ],
  result: {
    title: 'Of the API.',
    version: 'Of the API.',
    operations: 'How many it has.',
    file: 'As it was given.',
    state: '`written`, `unchanged` (nothing had to be written), `current` or `stale`.',
  },
  exits: {
    2: 'called or configured wrongly',
    3: 'the file is stale, or there is one that this command has not written',
  },
  examples: [
    { command: 'terrace client src/api.ts', does: 'Writes the client of the app.' },
    { command: 'terrace client src/api.ts --check', does: 'In a pipeline: exit code 3 where it is stale.' },
    { command: 'terrace client src/api.ts --document openapi.json', does: 'Where the app is not at hand.' },
  ],
  interrupted: 'atOnce',
  async run({ flags, arguments: { out }, project }) {
    if (!/\.[cm]?ts$/.test(out))
      throw errors.CLI_USAGE({
        values: { problem: `${out} does not end in .ts`, remedy: 'Name a file: terrace client src/api.ts' },
      })
    const document = await documentFor(flags.document, project)
    const { title, version } = document.info
    const operations = Object.values(document.paths).flatMap((item) => Object.keys(item)).length
    const about = { title, version, operations, file: out }
    const source = clientSource(document)
    const path = project.path(out)
    const known = await textIfThere(path)
    const isSame = known !== null && isSameCode(known, source)
    if (!flags.check) {
      if (isSame) return { result: { ...about, state: 'unchanged' } satisfies ClientResult }
      if (known !== null && !known.includes(clientMark) && !flags.force)
        throw errors.CLI_FILE_EXISTS({ values: { files: out } })
      await written(source, path)
      return { result: { ...about, state: 'written' } satisfies ClientResult }
    }
    if (isSame) return { result: { ...about, state: 'current' } satisfies ClientResult }
    const differences = differencesOf(known, source)
    const list = differences.map((line) => `- ${line}`).join('\n')
    const command = `terrace client ${out}`
    const refusal = errors.CONTRACT_STALE({ values: { file: out, count: differences.length, list, command } })
    return { result: { ...about, state: 'stale' } satisfies ClientResult, refusal }
  },
  show: ({ title, version, operations, file, state }: ClientResult, palette) => {
    const what = `${title} ${version}, ${counted(operations, 'operation')}`
    if (state === 'stale') return [palette.bad(`${file} is stale: ${what}`)]
    return [palette.good(state === 'written' ? `wrote ${file}: ${what}` : `${file} is what the API says: ${what}`)]
  },
})

function documentFor(file: string | undefined, project: Project): Promise<ApiDocument> {
  return file === undefined ? appDocument(project) : readApiFile(project.path(file), file)
}

const mostLines = 20

/** Lines that the one has and the other has not. */
function differencesOf(known: string | null, source: string): readonly string[] {
  if (known === null) return ['there is no such file']
  const [before, now] = [linesOf(known), linesOf(source)]
  const gone = [...before].filter((line) => !now.has(line)).map((line) => `should not have: ${line}`)
  const missing = [...now].filter((line) => !before.has(line)).map((line) => `lacks: ${line}`)
  const found = [...missing, ...gone].slice(0, mostLines)
  return found.length === 0 ? ['its lines are in another order'] : found
}

function linesOf(source: string): ReadonlySet<string> {
  return new Set(source.split('\n').map((line) => line.trim().replaceAll('"', "'").replace(/[;,]$/, '')))
}
