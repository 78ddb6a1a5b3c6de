import { nearestName } from '../../model/index.ts'
import type { FileProblem } from './file-problem.ts'
import { stepProblems } from './step-problems.ts'
import { isRecord } from './is-record.ts'

type Problem = Pick<FileProblem, 'problem' | 'remedy'>

const example =
  "Write: export default migration({ dialect, revision, parents: [], description: '…', up: [], down: [] })"

/** What keeps a value from being a revision, all of it; empty where nothing does. */
export function migrationProblems(value: unknown): readonly Problem[] {
  if (!isRecord(value)) return [{ problem: 'what it exports by default is no object', remedy: example }]
  const { dialect, revision, parents, description, up, down } = value
  return [
    ...unknownKeys(value),
    ...(isText(dialect) ? [] : [{ problem: 'dialect is no text', remedy: 'Write the name of its folder there' }]),
    ...revisionProblems(revision),
    ...parentProblems(parents, revision),
    ...descriptionProblems(description),
    ...stepProblems('up', up),
    ...stepProblems('down', down),
  ]
}

const keys = ['dialect', 'revision', 'parents', 'description', 'up', 'down']

function unknownKeys(value: object): readonly Problem[] {
  return Object.keys(value)
    .filter((key) => !keys.includes(key))
    .map((key) => {
      const nearest = nearestName(key, keys)
      const remedy = nearest === null ? 'Leave it out' : `Write ${nearest}, or leave it out`
      return { problem: `a revision has no ${key}`, remedy }
    })
}

const idRule = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/
const targetWords = ['head', 'heads', 'base']

function revisionProblems(revision: unknown): readonly Problem[] {
  const remedy = 'Write its id there, as in the name of its file: letters, digits and hyphens, at most 64'
  if (!isText(revision)) return [{ problem: 'revision is no text', remedy }]
  if (targetWords.includes(revision)) return [{ problem: `revision is ${revision}, which means another thing`, remedy }]
  return idRule.test(revision) ? [] : [{ problem: 'revision is no id', remedy }]
}

function parentProblems(parents: unknown, revision: unknown): readonly Problem[] {
  const remedy = 'Write the ids of the revisions that it comes after: parents: [] for the first one'
  if (!Array.isArray(parents) || !parents.every(isText)) return [{ problem: 'parents is no list of ids', remedy }]
  if (isText(revision) && parents.includes(revision)) return [{ problem: 'it is among its own parents', remedy }]
  return new Set(parents).size === parents.length ? [] : [{ problem: 'a parent is named twice', remedy }]
}

function descriptionProblems(description: unknown): readonly Problem[] {
  if (typeof description === 'string' && !/[\n\r]/.test(description)) return []
  return [{ problem: 'description is no text of one line', remedy: 'Say in one line what it does' }]
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
