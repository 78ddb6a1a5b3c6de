import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { productTable } from '../../../test/support/product-table.ts'
import { revisionDraft, type DraftedSteps } from '../../../test/support/revision-draft.ts'
import { snapshotFrom } from '../../schema/index.ts'
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

const snapshot = snapshotFrom([productTable])

const shopsBarcode = `import { migration } from 'terrace/database'

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
`

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
    expect(readFileSync(written.file, 'utf8')).toBe(shopsBarcode)
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
        { ...productTable, name },
        { ...productTable, name: '__proto__' },
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
