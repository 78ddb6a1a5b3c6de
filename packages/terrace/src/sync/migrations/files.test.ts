import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { revisionDraft, type DraftedSteps } from '../../../test/support/revision-draft.ts'
import { TerraceError } from '../../errors/index.ts'
import { snapshotFrom, type TableShape } from '../../schema/index.ts'
import { readHistory } from './read-history.ts'
import { revisionText } from './revision-text.ts'
import { writeRevision } from './write-revision.ts'

const root = mkdtempSync(join(tmpdir(), 'terrace-migrations-'))
afterAll(() => rmSync(root, { recursive: true }))

function newFolder(): string {
  return mkdtempSync(join(root, 'migrations-'))
}

async function folderOf(...drafts: readonly DraftedSteps[]): Promise<string> {
  const folder = newFolder()
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

const table: TableShape = {
  name: 'products',
  comment: null,
  options: { strict: 'yes', 'without rowid': 'no' },
  columns: [
    {
      name: 'id',
      type: 'TEXT',
      nullable: false,
      default: null,
      generated: null,
      identity: null,
      collation: null,
      comment: null,
      isOpaque: false,
      source: { model: 'Product', fact: 'column', name: 'id', columns: ['id'], properties: ['id'], renamedFrom: 'key' },
    },
  ],
  primaryKey: { name: 'pk_products', columns: ['id'], source: null },
  uniques: [],
  indexes: [],
  foreignKeys: [],
  checks: [{ name: 'ck_products_id', expression: `length("id") < 10`, enforced: true, source: null }],
  source: null,
}
const snapshot = snapshotFrom([table])

describe('a revision that is written', () => {
  test('reads as a person would write it, with a snapshot of one line for each value', async () => {
    const folder = newFolder()
    const written = await writeRevision(folder, {
      ...revisionDraft({ revision: '20261121093000a1b2', description: "add the shop's barcode", snapshot }),
      up: [
        {
          comments: ['column products.barcode: missing → text null', 'blocks writing for a moment'],
          step: { sql: `alter table "products" add column "barcode" text default '-'` },
        },
        {
          comments: [],
          step: {
            sql: ['create index `i` on t (a)', 'create view v as\n  select "it\'s"\n  from `t`'],
            refuseIf: [{ sql: 'select count(*) as offending from t', rows: 'rows', remedy: 'Remove them' }],
            transaction: false,
          },
        },
      ],
      down: [{ comments: ['undoes it'], step: { irreversible: 'the values are gone' } }],
    })
    expect(readFileSync(written.file, 'utf8')).toBe(`import { migration } from 'terrace/database'

/** add the shop's barcode */
export default migration({
  dialect: 'sqlite',
  revision: '20261121093000a1b2',
  parents: [],
  description: "add the shop's barcode",
  up: [
    // column products.barcode: missing → text null
    // blocks writing for a moment
    { sql: \`alter table "products" add column "barcode" text default '-'\` },
    {
      sql: [
        'create index \`i\` on t (a)',
        \`create view v as
  select "it's"
  from \\\`t\\\`\`,
      ],
      refuseIf: [
        { sql: 'select count(*) as offending from t', rows: 'rows', remedy: 'Remove them' },
      ],
      transaction: false,
    },
  ],
  down: [
    // undoes it
    { irreversible: 'the values are gone' },
  ],
})
`)
    expect(written.file).toBe(join(folder, 'sqlite', '20261121093000a1b2_add_the_shop_s_barcode.ts'))
    const stored = readFileSync(written.file.replace(/ts$/, 'json'), 'utf8')
    expect(stored.split('\n').slice(0, 10)).toEqual([
      '{',
      '  "format": 1,',
      '  "dialect": "sqlite",',
      '  "revision": "20261121093000a1b2",',
      '  "renames": [],',
      '  "snapshot": {',
      '    "tables": {',
      '      "products": {',
      '        "checks": [',
      '          {',
    ])
    expect((await readHistory(folder, 'sqlite')).revisions).toEqual([written])
  })

  test('has hints where it has no steps, and none where it joins branches', () => {
    expect(revisionText(revisionDraft({ revision: 'a1' }))).toContain("    // { sql: 'update …' }\n")
    expect(revisionText(revisionDraft({ revision: 'c3', parents: ['a1', 'b2'] }))).toContain('  up: [],\n  down: [],\n')
  })

  test('is not written where it could not be read', async () => {
    const folder = newFolder()
    const draft = revisionDraft({ revision: 'a1', description: 'two\nlines', up: [{ sql: '' }] })
    const refusal = { code: 'MIGRATION_FILE', values: { count: 2 } }
    await expect(writeRevision(folder, draft)).rejects.toMatchObject(refusal)
    expect(readdirSync(folder)).toEqual([])
  })

  test('is never written over another one, whatever that is called', async () => {
    const folder = await folderOf({ revision: 'a1', description: 'one' })
    await expect(writeRevision(folder, revisionDraft({ revision: 'a1', description: 'other' }))).rejects.toThrow(
      `${folder}/sqlite/a1_one.json: revision a1 is there already`,
    )
    expect(readdirSync(join(folder, 'sqlite'))).toEqual(['a1_one.json', 'a1_one.ts'])
  })

  test('leaves nothing where it could not be written', async () => {
    const folder = newFolder()
    const draft = revisionDraft({ revision: 'a1', description: 'one' })
    mkdirSync(join(folder, 'sqlite', '.a1_one.ts.new'), { recursive: true })
    await expect(writeRevision(folder, draft)).rejects.toMatchObject({
      code: 'MIGRATION_FILE',
      cause: { code: 'EEXIST' },
    })
    rmSync(join(folder, 'sqlite', '.a1_one.ts.new'), { recursive: true })
    expect(readdirSync(join(folder, 'sqlite'))).toEqual([])
    writeFileSync(join(folder, 'file'), '')
    await expect(writeRevision(join(folder, 'file'), draft)).rejects.toThrow('it could not be written')
  })
})

/** What a text in a file could come to harm by. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "'",
        '"',
        '`',
        '\\',
        '${',
        '$',
        '{',
        '\n',
        '\r\n',
        '\r',
        '\t',
        '\0',
        '*/',
        '//',
        '\u2028',
        '\ufeff',
      ),
      fc.constantFrom('\ud800', '\udc00', '👩‍🌾', '面包', '\\n', '${x}', ';', '--', '\u202e', '7'),
      fc.string({ unit: 'grapheme', maxLength: 5 }),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => parts.join(''))
const anySql = anyText.map((text) => `s${text}`)
const anyStep = fc.oneof(
  anySql.map((sql) => ({ sql })),
  fc.record({
    sql: fc.array(anySql, { minLength: 1, maxLength: 3 }),
    refuseIf: fc.array(fc.record({ sql: anySql, rows: anySql, remedy: anySql }, { requiredKeys: ['sql', 'rows'] })),
    transaction: fc.constant(false as const),
  }),
)
const anyComment = fc.array(anyText, { maxLength: 2 })
const anySteps = fc.array(fc.record({ comments: anyComment, step: anyStep }), { maxLength: 3 })

test('whatever is written is read back as it was', { timeout: 60_000 }, async () => {
  const folder = newFolder()
  let n = 0
  await fc.assert(
    fc.asyncProperty(anySteps, anySteps, anyText, async (up, down, name) => {
      n += 1
      const draft = revisionDraft({ revision: `r${n}`, description: name.replaceAll(/[\n\r]/g, ' '), snapshot })
      const renames = [{ object: 'table', table: name, from: name, to: name } as const]
      const tables = snapshotFrom([
        { ...table, name },
        { ...table, name: '__proto__' },
      ])
      const written = await writeRevision(folder, { ...draft, up, down, renames, snapshot: tables })
      const { byId } = await readHistory(folder, 'sqlite')
      expect(byId.get(`r${n}`)).toEqual(written)
      expect(Object.keys(byId.get(`r${n}`)?.snapshot.tables ?? {}).toSorted()).toEqual(['__proto__', name].toSorted())
      rmSync(join(folder, 'sqlite'), { recursive: true })
    }),
    { numRuns: 20 },
  )
})

describe('of a folder', () => {
  test('that is not there there are no revisions', async () => {
    expect(await readHistory(join(root, 'nowhere'), 'sqlite')).toEqual({
      dialect: 'sqlite',
      folder: join(root, 'nowhere'),
      revisions: [],
      byId: new Map(),
      heads: [],
    })
  })

  test('the graph is read: two with one parent are branches, both of them heads', async () => {
    const folder = await folderOf(
      { revision: 'c3', parents: ['a1'] },
      { revision: 'a1' },
      { revision: 'b2', parents: ['a1'] },
    )
    const { revisions, heads, byId } = await readHistory(folder, 'sqlite')
    expect(revisions.map(({ revision }) => revision)).toEqual(['a1', 'b2', 'c3'])
    expect(heads).toEqual(['b2', 'c3'])
    expect(byId.get('b2')?.parents).toEqual(['a1'])
  })

  test('what is no revision is not looked at', async () => {
    const folder = await folderOf({ revision: 'a1' })
    const place = join(folder, 'sqlite')
    for (const name of [
      'README.md',
      '.DS_Store',
      '.a1_x.ts.swp',
      'a1_x.ts~',
      'a1_x.ts.orig',
      '#a1_x.ts#',
      'a1_about_a1.d.ts',
    ])
      writeFileSync(join(place, name), 'nonsense')
    for (const name of ['a1_about_a1.test.ts', 'a1_about_a1.js.map', '.b2_gone.json'])
      writeFileSync(join(place, name), 'nonsense')
    writeFileSync(join(place, 'package.json'), '{}')
    mkdirSync(join(place, 'old.ts'))
    expect((await readHistory(folder, 'sqlite')).heads).toEqual(['a1'])
  })

  test('what was built to JavaScript is read too, as a module of either kind', async () => {
    const folder = await folderOf(
      { revision: 'a1' },
      { revision: 'b2', parents: ['a1'] },
      { revision: 'c3', parents: ['b2'] },
    )
    const place = join(folder, 'sqlite')
    const body = (revision: string, parent: string) =>
      `{ dialect: 'sqlite', revision: '${revision}', parents: ['${parent}'], description: '', up: [], down: [] }`
    rmSync(join(place, 'b2_about_b2.ts'))
    rmSync(join(place, 'c3_about_c3.ts'))
    writeFileSync(join(place, 'b2_about_b2.mjs'), `export default ${body('b2', 'a1')}`)
    writeFileSync(join(place, 'package.json'), '{ "type": "commonjs" }')
    writeFileSync(join(place, 'c3_about_c3.js'), `exports.__esModule = true; exports.default = ${body('c3', 'b2')}`)
    renameSync(join(place, 'a1_about_a1.ts'), join(place, 'a1_about_a1.mts'))
    expect((await readHistory(folder, 'sqlite')).revisions.map(({ revision }) => revision)).toEqual(['a1', 'b2', 'c3'])
  })

  test('a file that has changed is read anew', async () => {
    const folder = await folderOf({ revision: 'a1', up: [{ sql: 'select 1' }] })
    const [before] = (await readHistory(folder, 'sqlite')).revisions
    const file = join(folder, 'sqlite', 'a1_about_a1.ts')
    writeFileSync(file, readFileSync(file, 'utf8').replace('select 1', 'select 2'))
    const [after] = (await readHistory(folder, 'sqlite')).revisions
    expect([before?.up, after?.up]).toEqual([[{ sql: 'select 1' }], [{ sql: 'select 2' }]])
    expect(after?.checksum).not.toBe(before?.checksum)
  })
})

describe('what is wrong with a folder is told:', () => {
  const source = (text: string) => (folder: string, name: string) =>
    writeFileSync(join(folder, 'sqlite', `${name}.ts`), text)
  const declared = (steps: string) =>
    `export default { dialect: 'sqlite', revision: 'a1', parents: [], description: '', ${steps} }`

  test.each([
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
  ])('%s', async (problem, text) => {
    const folder = await folderOf({ revision: 'a1' })
    source(text)(folder, 'a1_about_a1')
    expect((await problemsIn(folder)).join('\n')).toContain(
      `a1_about_a1.ts: ${problem.startsWith('and a') ? 'it is a revision for other, ' : ''}${problem}`,
    )
  })

  const json = JSON.stringify({ format: 1, dialect: 'sqlite', revision: 'a1', renames: [], snapshot })
  test.each([
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
  ])('%s', async (problem, text) => {
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
    const folder = newFolder()
    writeFileSync(join(folder, 'sqlite'), '')
    await expect(readHistory(folder, 'sqlite')).rejects.toThrow('it is no folder that can be read')
  })
})
