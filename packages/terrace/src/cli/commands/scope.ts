import { writeFileSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import {
  baselineText,
  compareBaseline,
  listPlaces,
  readBaseline,
  updatedBaseline,
  type Comparison,
  type Place,
  type Reviewed,
  type Unparsed,
} from '../../check/index.ts'
import { errors, type TerraceError } from '../../errors/index.ts'
import { defineCommand, type Outcome } from '../command/command.ts'
import { several, text, toggle } from '../command/flag.ts'
import { aligned } from '../print/aligned.ts'
import { counted } from '../print/counted.ts'

interface ScopeResult extends Comparison {
  readonly baseline: string
  readonly files: number
  readonly places: readonly Place[]
  readonly unparsed: readonly Unparsed[]
  readonly written: boolean
}

const defaultBaseline = 'terrace.scope.json'

export const scopeCommand = defineCommand({
  name: 'scope',
  summary: 'Lists every place of the source that steps outside the scope, and fails on one that is not reviewed.',
  description: [
    'Read are the TypeScript and JavaScript below the working directory, and what they import from the project; nothing is run. Told are sessions',
    'without scope or actor, rows of the trash, global unique rules, models that everyone reads or writes, extended allow-lists, writes of all',
    'rows, raw SQL, and drivers. The reviewed ones stand in a file, each with why it is right; lines may move. What the text does not',
    'say (`deleted: mode`) is listed as what may be. Needs the package oxc-parser.',
  ],
  arguments: {
    path: several(
      'Folders and files to read. Default the working directory, without tests, dist, build and node_modules.',
    ),
  },
  flags: {
    baseline: text('<file>', 'The reviewed places. Default terrace.scope.json; files are named from its folder.'),
    update: toggle(
      'Writes the file: new places with an empty why, which you fill in; those that are gone are left out.',
    ),
    tests: toggle('Tests too: files named .test. or .spec., folders named test, tests, __tests__ or e2e.'),
  },
  result: {
    baseline: 'The file of reviewed places.',
    files: 'How many files were read.',
    places: 'All: `{ file, line, kind, certainty, within, text, reason }`; `certainty` is `is` or `may`.',
    unreviewed: 'Those that no entry has.',
    unexplained: 'Those whose entry says no why.',
    stale: 'Entries of which a place is gone: `{ file, kind, within, text, count, why }`.',
    unparsed: 'Files that do not parse: `{ file, line, message }`.',
    written: 'Whether the file was written.',
  },
  exits: {
    0: 'every place is reviewed',
    3: 'a place is not reviewed, an entry says no why or has no place any more, or a file does not parse',
    4: 'oxc-parser is not installed',
  },
  examples: [
    { command: 'terrace scope', does: 'In a pipeline: exit code 3 where somebody stepped outside without review.' },
    { command: 'terrace scope --update', does: 'Enters what is new. Then say why in the file, for each.' },
  ],
  interrupted: 'atOnce',
  async run({ flags, arguments: { path: paths }, project }): Promise<Outcome<ScopeResult>> {
    const file = project.path(flags.baseline ?? defaultBaseline)
    const [folder, baseline] = [dirname(file), project.shown(file)]
    const reviewed = readBaseline(file, baseline)
    const from = paths.length === 0 ? [project.cwd] : paths.map((path) => resolve(project.cwd, path))
    const { files, places, unparsed } = await listPlaces({ folder, paths: from, tests: flags.tests })
    // Of a part of the project, nothing is known about the others.
    const covered =
      paths.length === 0 ? reviewed : reviewed.filter((entry) => isBelow(resolve(folder, entry.file), from))
    const others = reviewed.filter((entry) => !covered.includes(entry))
    const entries = flags.update ? updatedBaseline(places, covered) : covered
    if (flags.update) writeFileSync(file, baselineText(inOrder([...entries, ...others])))
    const comparison = compareBaseline(places, entries)
    const result: ScopeResult = { baseline, files, places, ...comparison, unparsed, written: flags.update }
    const refusal = refusalOf(result)
    return refusal === null ? { result } : { result, refusal }
  },
  show({ baseline, files, places, unreviewed, unexplained, written }, palette) {
    const rows = places.map((place) => [
      palette.name(`${place.file}:${place.line}`),
      place.certainty === 'may' ? `may: ${place.kind}` : place.kind,
      place.within,
      unreviewed.includes(place) || unexplained.includes(place) ? palette.bad(place.text) : place.text,
    ])
    return [
      palette.dim(`${counted(files, 'file')}, reviewed in ${baseline}${written ? ', written' : ''}`),
      ...aligned(rows),
      places.length === 0 ? palette.good('nothing steps outside the scope') : counted(places.length, 'place'),
    ]
  },
})

const isBelow = (file: string, paths: readonly string[]): boolean =>
  paths.some((path) => file === path || file.startsWith(`${path.replace(/[/\\]$/, '')}/`))

const inOrder = (entries: readonly Reviewed[]): readonly Reviewed[] =>
  entries.toSorted((one, other) => (one.file < other.file ? -1 : one.file > other.file ? 1 : 0))

function refusalOf({ baseline, unreviewed, unexplained, stale, unparsed }: ScopeResult): TerraceError | null {
  const lines = [
    ...unparsed.map(
      ({ file, line, message }) => `- ${file}:${line} does not parse, and nothing is known of it: ${message}`,
    ),
    ...unreviewed.map((place) => `- ${placeLine(place)}. Not reviewed.`),
    ...unexplained.map((place) => `- ${placeLine(place)}. Its why is empty.`),
    ...stale.map(
      (entry) =>
        `- ${entry.file} ${entry.kind}${insideOf(entry)}: ${entry.text}. No place is left, or fewer than ${entry.count}.`,
    ),
  ]
  if (lines.length === 0) return null
  const remedy = remedyOf({ unreviewed, unexplained, stale, unparsed }, basename(baseline))
  return errors.CHECK_OUTSIDE_SCOPE({ values: { baseline, count: lines.length, list: lines.join('\n'), remedy } })
}

const placeLine = (place: Place): string => `${place.file}:${place.line} ${place.kind}${insideOf(place)}: ${place.text}`
const insideOf = ({ within }: Pick<Place, 'within'>): string => (within === '' ? '' : ` in ${within}`)

function remedyOf(found: Comparison & Pick<ScopeResult, 'unparsed'>, baseline: string): string {
  const steps = [
    found.unparsed.length > 0 ? 'correct the files that do not parse' : null,
    found.unreviewed.length > 0
      ? `stay inside the scope, or enter the place with terrace scope --update and say in ${baseline} why it is right`
      : null,
    found.unexplained.length > 0 ? `say in ${baseline} why each place is right` : null,
    found.stale.length > 0 ? 'remove entries without a place: terrace scope --update' : null,
  ].filter((step) => step !== null)
  const whole = steps.join('; ')
  return whole.charAt(0).toUpperCase() + whole.slice(1)
}
