import { nearestName } from '../../model/index.ts'
import type { FileProblem } from './file-problem.ts'
import { isRecord } from './is-record.ts'

type Problem = Pick<FileProblem, 'problem' | 'remedy'>
type Direction = 'up' | 'down'
type Fields = Readonly<Record<string, unknown>>

/** What is wrong with the steps of one direction, each by its number. */
export function stepProblems(direction: Direction, steps: unknown): readonly Problem[] {
  if (!Array.isArray(steps))
    return [{ problem: `${direction} is no list`, remedy: `Write ${direction}: [] for no steps` }]
  return [
    ...(steps as readonly unknown[]).flatMap((step, at) =>
      oneStep(step, `step ${at + 1} of its ${direction}`, direction),
    ),
    ...equalNames(steps, direction),
  ]
}

const kinds = ['sql', 'data', 'irreversible'] as const
type Kind = (typeof kinds)[number]

const keysOf: Readonly<Record<Kind, readonly string[]>> = {
  sql: ['sql', 'refuseIf', 'transaction'],
  data: ['data', 'version', 'run'],
  irreversible: ['irreversible'],
}

function oneStep(step: unknown, place: string, direction: Direction): readonly Problem[] {
  const remedy = "It is one of { sql: '…' }, { data: '…', version: 1, run: async (rows) => {} }, { irreversible: '…' }"
  if (!isRecord(step)) return [{ problem: `${place} is no object`, remedy }]
  const found = kinds.filter((kind) => kind in step)
  const [kind] = found
  if (kind === undefined) return [{ problem: `${place} has neither sql nor data nor irreversible`, remedy }]
  if (found.length > 1) return [{ problem: `${place} has ${found.join(' and ')}`, remedy: 'Write a step for each' }]
  return [...unknownKeys(step, kind, place), ...partsOf[kind](step, place, direction)]
}

function unknownKeys(step: Fields, kind: Kind, place: string): readonly Problem[] {
  const known = keysOf[kind]
  return Object.keys(step)
    .filter((key) => !known.includes(key))
    .map((key) => {
      const nearest = nearestName(key, known)
      const remedy = nearest === null ? 'Leave it out' : `Write ${nearest}, or leave it out`
      return { problem: `${place} has ${key}, which a step of ${kind} has not`, remedy }
    })
}

type Parts = (step: Fields, place: string, direction: Direction) => readonly Problem[]

const partsOf: Readonly<Record<Kind, Parts>> = {
  sql: (step, place) => [
    ...sqlProblems(step['sql'], place),
    ...checkProblems(step, place),
    ...modeProblems(step, place),
  ],
  data: ({ data, version, run }, place) => [
    ...(isText(data) ? [] : [{ problem: `data of ${place} is no name`, remedy: 'Name it: fill-barcodes' }]),
    ...(Number.isSafeInteger(version) && Number(version) > 0
      ? []
      : [{ problem: `version of ${place} is no whole number from 1`, remedy: 'Begin with version: 1' }]),
    ...(typeof run === 'function'
      ? []
      : [{ problem: `run of ${place} is no function`, remedy: 'Write: run: async (rows) => { … }' }]),
  ],
  irreversible: ({ irreversible }, place, direction) => [
    ...(isText(irreversible)
      ? []
      : [{ problem: `irreversible of ${place} gives no reason`, remedy: 'Say why there is no way back' }]),
    ...(direction === 'down' ? [] : [{ problem: `${place} is irreversible`, remedy: 'Write that into down' }]),
  ],
}

function sqlProblems(sql: unknown, place: string): readonly Problem[] {
  const statements: readonly unknown[] = Array.isArray(sql) ? sql : [sql]
  const isWhole = statements.length > 0 && statements.every((each) => isText(each) && each.trim() !== '')
  if (isWhole) return []
  return [
    { problem: `sql of ${place} is no statement, nor a list of some`, remedy: 'Write one, or leave the step out' },
  ]
}

function checkProblems({ refuseIf }: Fields, place: string): readonly Problem[] {
  if (refuseIf === undefined) return []
  const remedy = "Write: refuseIf: [{ sql: 'select count(*) as offending from …', rows: 'rows without a name' }]"
  if (!Array.isArray(refuseIf)) return [{ problem: `refuseIf of ${place} is no list`, remedy }]
  const isCheck = (check: unknown): boolean =>
    isRecord(check) &&
    isText(check['sql']) &&
    isText(check['rows']) &&
    (check['remedy'] === undefined || isText(check['remedy'])) &&
    Object.keys(check).every((key) => ['sql', 'rows', 'remedy'].includes(key))
  return refuseIf.every(isCheck)
    ? []
    : [{ problem: `refuseIf of ${place} has what is no { sql, rows, remedy? } of texts`, remedy }]
}

function modeProblems({ transaction }: Fields, place: string): readonly Problem[] {
  if (transaction === undefined || transaction === false) return []
  const remedy = 'Leave it out: a step is in the transaction of its revision, unless it says transaction: false'
  return [{ problem: `transaction of ${place} is not false`, remedy }]
}

function equalNames(steps: readonly unknown[], direction: Direction): readonly Problem[] {
  const names = steps.flatMap((step) => (isRecord(step) && isText(step['data']) ? [step['data']] : []))
  const twice = new Set(names.filter((name, at) => names.indexOf(name) !== at))
  return [...twice].map((name) => ({
    problem: `two data steps of its ${direction} have the name ${name}`,
    remedy: 'Name one of them otherwise',
  }))
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
