import { diffDocuments, type ApiChange } from '../../contract/index.ts'
import { errors } from '../../errors/index.ts'
import { defineCommand } from '../command/command.ts'
import { optional, required } from '../command/flag.ts'
import { appFlags } from '../command/shared-flags.ts'
import { appDocument } from '../configure/app-document.ts'
import { readApiFile } from '../configure/read-api-file.ts'
import { counted } from '../print/counted.ts'

interface DiffResult {
  readonly old: string
  readonly new: string
  readonly breaking: readonly ApiChange[]
  readonly compatible: readonly ApiChange[]
}

export const openApiDiffCommand = defineCommand({
  name: 'openapi diff',
  summary: 'Compares two OpenAPI documents, or one with the app, and fails where clients break.',
  description: [
    'Breaking is what a client that was written for the old document would notice: a request that was taken and is refused, an answer that it',
    'cannot read. What may be sent may only become more, what is answered only less, so that the same change may break the one and not',
    'the other. Each change is told with its place, its rule and why. Documents of OpenAPI 3 in JSON are read.',
  ],
  arguments: {
    old: required('The document that clients have.'),
    new: optional('The one that they will have. Default that of the app.'),
  },
  flags: appFlags,
  result: {
    old: 'As it was given.',
    new: 'As it was given, or `the app`.',
    breaking: '`{ rule, breaks, where, why, was, is }`: what breaks clients.',
    compatible: 'The same of what does not.',
  },
  exits: { 2: 'called or configured wrongly; also a file that is no document', 5: 'a change breaks clients' },
  examples: [
    {
      command: 'terrace openapi diff openapi.json',
      does: 'Against the app as it is: in a pipeline, before the document is written anew.',
    },
    { command: 'terrace openapi diff v1.json v2.json --json', does: 'Two files, for a program.' },
  ],
  interrupted: 'atOnce',
  async run({ arguments: given, project }) {
    const before = await readApiFile(project.path(given.old), given.old)
    const now =
      given.new === undefined ? await appDocument(project) : await readApiFile(project.path(given.new), given.new)
    const changes = diffDocuments(before, now)
    const breaking = changes.filter(({ breaks }) => breaks)
    const compatible = changes.filter(({ breaks }) => !breaks)
    const result = { old: given.old, new: given.new ?? 'the app', breaking, compatible } satisfies DiffResult
    if (breaking.length === 0) return { result }
    const list = breaking.map((change) => `- ${lineOf(change)}`).join('\n')
    return { result, refusal: errors.CONTRACT_BREAKS({ values: { count: breaking.length, list } }) }
  },
  show: ({ old, new: now, breaking, compatible }: DiffResult, palette) => [
    breaking.length + compatible.length === 0
      ? palette.good(`${old} and ${now} are the same to a client`)
      : `${old} → ${now}: ${breaking.length} breaking, ${counted(compatible.length, 'compatible change')}`,
    ...compatible.map((change) => palette.dim(`- ${lineOf(change)}`)),
  ],
})

function lineOf({ where, rule, why, was, is }: ApiChange): string {
  const sides = [was === null ? [] : [`was ${was}`], is === null ? [] : [`is ${is}`]].flat().join(', ')
  return `${where}: ${rule}. ${why}${sides === '' ? '' : ` (${sides})`}`
}
