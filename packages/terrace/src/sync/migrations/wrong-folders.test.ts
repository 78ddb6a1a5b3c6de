import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { productTable } from '../../../test/support/product-table.ts'
import { revisionDraft, type DraftedSteps } from '../../../test/support/revision-draft.ts'
import { TerraceError } from '../../errors/index.ts'
import { snapshotFrom } from '../../schema/index.ts'
import { readHistory } from './read-history.ts'
import { writeRevision } from './write-revision.ts'

const root = mkdtempSync(join(tmpdir(), 'terrace-migrations-'))
afterAll(() => rmSync(root, { recursive: true }))

async function folderOf(...drafts: readonly DraftedSteps[]): Promise<string> {
  const folder = mkdtempSync(join(root, 'migrations-'))
  for (const draft of drafts) await writeRevision(folder, revisionDraft(draft))
  return folder
}

/** The lines of the refusal, with the folder's own place taken out. */
async function problemsIn(folder: string): Promise<readonly string[]> {
  const error = await readHistory(folder, 'sqlite').then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof TerraceError)) throw new Error('it was read', { cause: error })
  expect(error.code).toBe('MIGRATION_FILE')
  return String(error.values['list']).replaceAll(`${folder}/sqlite/`, '').split('\n')
}

const source = (text: string) => (folder: string, name: string) =>
  writeFileSync(join(folder, 'sqlite', `${name}.ts`), text)
const declared = (steps: string) =>
  `export default { dialect: 'sqlite', revision: 'a1', parents: [], description: '', ${steps} }`

const wrongFiles = [
  ['it has no default export. Write: export default migration({ … })', 'export const up = []'],
  ['what it exports by default is no object. ', 'export default []'],
  ['dialect is no text. Write the name of its folder there', 'export default { revision: "a1" }'],
  ['a revision has no descripton. Write description, or leave it out', declared('descripton: 1, up: [], down: []')],
  ['down is no list. Write down: [] for no steps', declared('up: []')],
  ['step 1 of its up is no object. ', declared("up: ['x'], down: []")],
  ['step 1 of its up has neither sql nor data nor irreversible. ', declared('up: [{}], down: []')],
  ['step 1 of its up has sql and data. Write a step for each', declared("up: [{ sql: 'x', data: 'y' }], down: []")],
  [
    'step 1 of its up has refuseif, which a step of sql has not. Write refuseIf',
    declared("up: [{ sql: 'x', refuseif: [] }], down: []"),
  ],
  ['sql of step 2 of its down is no statement', declared("up: [], down: [{ sql: 'x' }, { sql: [' '] }]")],
  ['sql of step 1 of its up is no statement', declared('up: [{ sql: [] }], down: []')],
  [
    'refuseIf of step 1 of its up has what is no { sql, rows, remedy? }',
    declared("up: [{ sql: 'x', refuseIf: [{ sql: 'y' }] }], down: []"),
  ],
  ['transaction of step 1 of its up is not false', declared("up: [{ sql: 'x', transaction: true }], down: []")],
  [
    'version of step 1 of its up is no whole number from 1',
    declared("up: [{ data: 'x', version: 0, run() {} }], down: []"),
  ],
  ['run of step 1 of its up is no function', declared("up: [{ data: 'x', version: 1 }], down: []")],
  [
    'two data steps of its up have the name x',
    declared("up: [1, 2].map((version) => ({ data: 'x', version, run() {} })), down: []"),
  ],
  ['step 1 of its up is irreversible. Write that into down', declared("up: [{ irreversible: 'x' }], down: []")],
  ['irreversible of step 1 of its down gives no reason', declared("up: [], down: [{ irreversible: '' }]")],
  ['revision is head, which means another thing', declared('up: [], down: []').replace("'a1'", "'head'")],
  ['revision is no id', declared('up: [], down: []').replace("'a1'", "'a_1'")],
  ['it is among its own parents', declared('up: [], down: []').replace('parents: []', "parents: ['a1']")],
  ['a parent is named twice', declared('up: [], down: []').replace('parents: []', "parents: ['b', 'b']")],
  [
    'it is revision b2 by what it says, and not by its name. Name it b2_….ts',
    declared('up: [], down: []').replace("'a1'", "'b2'"),
  ],
  [
    'and a folder belongs to one dialect: this one to sqlite',
    declared('up: [], down: []').replace("'sqlite'", "'other'"),
  ],
  ['it cannot be loaded (', 'export default {{'],
  ['it cannot be loaded (Error: by itself)', "throw new Error('by itself')"],
  [
    'migration() refuses it: - revision a1: down is no list',
    `import { migration } from 'terrace/database'\n${declared('up: []').replace('default', 'default migration(')})`,
  ],
]

const snapshot = snapshotFrom([productTable])
const json = JSON.stringify({ format: 1, dialect: 'sqlite', revision: 'a1', renames: [], snapshot })
const wrongSnapshots = [
  ['it is missing. It is the snapshot of its revision', null],
  ['it is no JSON. Restore it', '{'],
  ['it is no snapshot', '[]'],
  ['its format is not 1', '{ "format": "x" }'],
  [
    'its format is 2, and this version of Terrace knows up to 1. Use the version of Terrace that wrote it',
    '{ "format": 2 }',
  ],
  ['it does not say whose snapshot it is', '{ "format": 1 }'],
  ['its renames are broken', json.replace('"renames":[]', '"renames":[{}]')],
  ['it has no tables', json.replace('"tables"', '"table"')],
  ['table products is broken in its name', json.replace('"name":"products"', '"name":"goods"')],
  ['table products is broken in columns', json.replace('"nullable":false', '"nullable":0')],
  ['table products is broken in checks', json.replace('"enforced":true', '"enforced":null')],
  ['it is the snapshot of revision b2 for sqlite, and stands beside a1_about_a1.ts', json.replace('"a1"', '"b2"')],
  [
    'it is the snapshot of revision a1 for other, and stands beside a1_about_a1.ts',
    json.replace('"sqlite"', '"other"'),
  ],
]

describe('what is wrong with a folder is told:', () => {
  test.each(wrongFiles)('%s', async (problem, text) => {
    const folder = await folderOf({ revision: 'a1' })
    source(text)(folder, 'a1_about_a1')
    expect((await problemsIn(folder)).join('\n')).toContain(
      `a1_about_a1.ts: ${problem.startsWith('and a') ? 'it is a revision for other, ' : ''}${problem}`,
    )
  })

  test.each(wrongSnapshots)('%s', async (problem, text) => {
    const folder = await folderOf({ revision: 'a1' })
    const file = join(folder, 'sqlite', 'a1_about_a1.json')
    if (text === null) rmSync(file)
    else writeFileSync(file, text)
    expect(await problemsIn(folder)).toEqual([expect.stringContaining(`- a1_about_a1.json: ${problem}`)])
  })

  test('all of it at once, and nothing that only follows from it', async () => {
    const folder = await folderOf(
      { revision: 'a1' },
      { revision: 'b2', parents: ['a1'] },
      { revision: 'c3', parents: ['b2'] },
      { revision: 'd4', parents: ['c3', 'z9'] },
      { revision: 'e5' },
    )
    const place = join(folder, 'sqlite')
    source('export default {{')(folder, 'b2_about_b2')
    rmSync(join(place, 'e5_about_e5.ts'))
    writeFileSync(join(place, 'd4_again.js'), readFileSync(join(place, 'd4_about_d4.ts')))
    writeFileSync(join(place, 'd4_again.json'), readFileSync(join(place, 'd4_about_d4.json')))
    writeFileSync(join(place, 'helpers.ts'), 'export const shared = 1')
    expect(
      (await problemsIn(folder)).map((line) => line.slice(0, line.indexOf('. ')).replace(/\(.*\)/, '(…)')),
    ).toEqual([
      '- b2_about_b2.ts: it cannot be loaded (…)',
      '- helpers.ts: it has no default export',
      '- helpers.json: it is missing',
      '- e5_about_e5.json: it is a snapshot without its revision',
      '- d4_about_d4.ts and d4_again.js: they are the same revision, d4',
      '- d4_about_d4.ts: its parent z9 is not there',
    ])
  })

  test('a folder that is none', async () => {
    const folder = await folderOf()
    writeFileSync(join(folder, 'sqlite'), '')
    await expect(readHistory(folder, 'sqlite')).rejects.toThrow('it is no folder that can be read')
  })
})
