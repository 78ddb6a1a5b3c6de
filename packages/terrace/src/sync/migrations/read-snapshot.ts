import { snapshotFrom, type Rename, type Snapshot, type TableShape } from '../../schema/index.ts'
import type { FileProblem } from './file-problem.ts'
import { snapshotFormat } from './snapshot-text.ts'
import { isRecord } from './is-record.ts'

type Problem = Pick<FileProblem, 'problem' | 'remedy' | 'cause'>

export interface StoredSnapshot {
  readonly dialect: string
  readonly revision: string
  readonly renames: readonly Rename[]
  readonly snapshot: Snapshot
}

const restore = 'Restore it from version control; it is written by the program alone'

/** What the file beside a revision's says, or why it cannot be used. */
export function readSnapshot(text: string): StoredSnapshot | Problem {
  let stored: unknown
  try {
    stored = JSON.parse(text) as unknown
  } catch (cause) {
    return { problem: 'it is no JSON', remedy: restore, cause }
  }
  if (!isRecord(stored)) return { problem: 'it is no snapshot', remedy: restore }
  const { format, dialect, revision, renames, snapshot } = stored
  if (typeof format === 'number' && format > snapshotFormat) {
    const problem = `its format is ${format}, and this version of Terrace knows up to ${snapshotFormat}`
    return { problem, remedy: 'Use the version of Terrace that wrote it, or a newer one' }
  }
  if (format !== snapshotFormat) return { problem: `its format is not ${snapshotFormat}`, remedy: restore }
  if (typeof dialect !== 'string' || typeof revision !== 'string')
    return { problem: 'it does not say whose snapshot it is', remedy: restore }
  if (!Array.isArray(renames) || !renames.every(isRename)) return { problem: 'its renames are broken', remedy: restore }
  const tables = tablesIn(snapshot)
  if (typeof tables === 'string') return { problem: tables, remedy: restore }
  return { dialect, revision, renames, snapshot: snapshotFrom(tables) }
}

/** The tables, or what is wrong with one of them. */
function tablesIn(snapshot: unknown): readonly TableShape[] | string {
  if (!isRecord(snapshot) || !isRecord(snapshot['tables'])) return 'it has no tables'
  for (const [name, table] of Object.entries(snapshot['tables'])) {
    const broken = isRecord(table) && table['name'] === name ? brokenPart(table) : 'its name'
    if (broken !== null) return `table ${name} is broken in ${broken}`
  }
  return Object.values(snapshot['tables']) as TableShape[]
}

type Test = (value: unknown) => boolean
type Fields = Readonly<Record<string, Test>>

const text: Test = (value) => typeof value === 'string'
const flag: Test = (value) => typeof value === 'boolean'
const texts: Test = (value) => Array.isArray(value) && value.every(text)
const orNull =
  (test: Test): Test =>
  (value) =>
    value === null || test(value)
const oneOf =
  (...words: readonly string[]): Test =>
  (value) =>
    typeof value === 'string' && words.includes(value)
const object =
  (fields: Fields): Test =>
  (value) =>
    isRecord(value) && Object.entries(fields).every(([name, test]) => test(value[name]))
const listOf =
  (fields: Fields): Test =>
  (value) =>
    Array.isArray(value) && value.every(object(fields))

const deferrable = oneOf('no', 'initiallyImmediate', 'initiallyDeferred')
const action = oneOf('noAction', 'restrict', 'cascade', 'setNull', 'setDefault')
const source = orNull(object({ model: text, fact: text, name: text, columns: texts, properties: texts }))
const indexColumn: Fields = {
  name: text,
  suffix: text,
  direction: oneOf('asc', 'desc'),
  nulls: orNull(oneOf('first', 'last')),
}

/** What a version of this format writes; what another one adds is kept. */
const tableFields: Fields = {
  comment: orNull(text),
  options: (value) => isRecord(value) && Object.values(value).every(text),
  columns: listOf({
    name: text,
    type: text,
    nullable: flag,
    default: orNull(text),
    generated: orNull(object({ expression: text, stored: flag, invisible: flag })),
    identity: orNull(oneOf('byDefault', 'always', 'serial')),
    collation: orNull(text),
    comment: orNull(text),
    isOpaque: flag,
    source,
  }),
  primaryKey: orNull(object({ name: orNull(text), columns: texts, source })),
  uniques: listOf({
    name: orNull(text),
    columns: texts,
    where: orNull(text),
    nullsDistinct: flag,
    heldBy: oneOf('constraint', 'index'),
    include: texts,
    deferrable,
    enforced: flag,
    source,
  }),
  indexes: listOf({
    name: text,
    columns: listOf(indexColumn),
    where: orNull(text),
    include: texts,
    method: text,
    valid: flag,
    source,
  }),
  foreignKeys: listOf({
    name: orNull(text),
    columns: texts,
    targetTable: text,
    targetColumns: texts,
    onDelete: action,
    onUpdate: action,
    deferrable,
    enforced: flag,
    source,
  }),
  checks: listOf({ name: orNull(text), expression: text, enforced: flag, source }),
  source,
}

function brokenPart(table: Readonly<Record<string, unknown>>): string | null {
  return Object.keys(tableFields).find((name) => tableFields[name]?.(table[name]) !== true) ?? null
}

const isRename = object({ object: oneOf('table', 'column'), table: text, from: text, to: text })
