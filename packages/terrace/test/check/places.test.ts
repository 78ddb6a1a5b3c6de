import { describe, expect, test } from 'vitest'
import type { PlaceKind } from '../../src/check/index.ts'
import { kindsIn, listed, placesOf, type Files } from './listing.ts'

type Case = readonly [what: string, source: string, kinds: readonly (PlaceKind | `${PlaceKind}?`)[]]

const scope = `import { unscoped, everyone } from 'terrace/database'\n`

const steppingOutside: readonly Case[] = [
  ['a scope without rows of its own', `${scope}db.session(unscoped('seeds'), work)`, ['unscopedScope']],
  ['an alias of it', `import { unscoped as all } from 'terrace/database'\nall('x')`, ['unscopedScope']],
  ['a constant that holds it', `${scope}const all = unscoped\nconst again = all\nagain('x')`, ['unscopedScope']],
  ['all of a module', `import * as database from 'terrace/database'\ndatabase.unscoped('x')`, ['unscopedScope']],
  ['a computed member of it', `import * as d from 'terrace/database'\nd['un' + 'scoped']('x')`, ['unscopedScope']],
  [
    'a module that is loaded later',
    `const { unscoped } = await import('terrace/database')\nunscoped('x')`,
    ['unscopedScope'],
  ],
  ['a member of such a module', `;(await import('terrace/database')).unscoped('x')`, ['unscopedScope']],
  ['require', `const { unscoped: u } = require('terrace/database')\nu('x')`, ['unscopedScope']],
  ['it passed on', `${scope}open(unscoped)`, ['unscopedScope']],
  ['it chosen', `${scope}const make = isAll ? unscoped : one\nmake('x')`, ['unscopedScope', 'unscopedScope']],
  ['the scope as an object', `db.session({ kind: 'unscoped', reason: 'x' }, work)`, ['unscopedScope']],
  ['that object by a constant', `const kind = 'unscoped'\ndb.session({ kind, reason }, work)`, ['unscopedScope']],

  ['a part of a session', `session.unscoped('x', work)`, ['unscopedSession']],
  ['of a session by type', `function f(s: Session) { return s.unscoped('x', work) }`, ['unscopedSession']],
  ['of the session of a service', `class A { f() { return this.session.unscoped('x', work) } }`, ['unscopedSession']],
  ['a computed member', `session['unscoped']('x', work)`, ['unscopedSession']],
  ['a member by a constant', `const m = \`unscoped\`\nsession[m]('x', work)`, ['unscopedSession']],
  ['an optional call', `session?.unscoped?.('x', work)`, ['unscopedSession']],
  ['behind a type', `(session as Session)!.unscoped('x', work)`, ['unscopedSession']],
  ['taken out of the session', `const { unscoped } = session`, ['unscopedSession']],
  ['under another name', `const { unscoped: go } = this.session`, ['unscopedSession']],
  ['by a computed name', `const { ['unscoped']: go } = session`, ['unscopedSession']],
  ['in a parameter', `const f = ({ unscoped }: Session) => 1`, ['unscopedSession']],
  ['bound', `const go = session.unscoped.bind(session)`, ['unscopedSession']],
  ['called by another', `Reflect.apply(session.unscoped, session, ['x', work])`, ['unscopedSession']],

  ['a session for nobody', `${scope}db.session(everyone, work)`, ['everyone']],
  ['in a constant', `${scope}const nobody = everyone\ndb.session(nobody, work)`, ['everyone']],

  ['rows of the trash', `dao.list({ deleted: 'with' })`, ['deletedRows']],
  ['only those', `dao.get(id, { deleted: 'only' })`, ['deletedRows']],
  ['options in a constant', `const options = { deleted: 'with' } as const\ndao.list({ ...options })`, ['deletedRows']],
  ['a mode in a constant', `const mode = 'with'\ndao.list({ deleted: mode })`, ['deletedRows']],
  ['a mode of an object', `const modes = { all: 'with' }\ndao.list({ deleted: modes.all })`, ['deletedRows']],
  ['a shorthand', `const deleted = 'only'\ndao.list({ deleted })`, ['deletedRows']],
  ['a key in quotes', `dao.list({ 'deleted': 'with' })`, ['deletedRows']],
  ['a key by a constant', `const key = 'deleted'\ndao.list({ [key]: 'with' })`, ['deletedRows']],
  ['a key that is not known', `dao.list({ [key]: 'with' })`, ['deletedRows?']],
  ['set later', `options.deleted = 'with'`, ['deletedRows']],
  ['texts joined', `dao.list({ deleted: 'wi' + 'th' })`, ['deletedRows']],
  ['a condition', `dao.list({ deleted: isAll ? 'with' : 'without' })`, ['deletedRows?']],
  ['a parameter', `const f = (mode: Deleted) => dao.list({ deleted: mode })`, ['deletedRows?']],
  ['a parameter with a default', `const f = (deleted = 'without') => dao.list({ deleted })`, ['deletedRows?']],
  ['what is changed later', `let mode = 'without'\nmode = 'with'\ndao.list({ deleted: mode })`, ['deletedRows?']],
  ['options passed on', `const f = (options: O) => dao.count({}, { deleted: options.deleted })`, ['deletedRows?']],

  ['a global unique rule', `text().length(1, 9).unique({ global: true })`, ['globalUnique']],
  ['in a constant', `const plain = { global: true }\ntext().unique(plain)`, ['globalUnique']],
  [
    'of several columns',
    `model('a', {}, { uniques: [['x'], { columns: ['a', 'b'], global: true }] })`,
    ['globalUnique'],
  ],
  [
    'of rules in a constant',
    `const uniques = [{ columns: ['a'], global: true }]\nmodel('a', {}, { uniques })`,
    ['globalUnique'],
  ],
  ['one that is not known', `text().unique({ global: isGlobal })`, ['globalUnique?']],

  [
    'a model that everyone reads',
    `import { owner } from 'terrace/model'\nowner(User, { read: 'everyone' })`,
    ['readByEveryone'],
  ],
  [
    'by another name',
    `import { owner as of } from 'terrace/model'\nof(User, { read: 'everyone' })`,
    ['readByEveryone'],
  ],
  [
    'a group that everyone reads',
    `import { memberOf } from 'terrace/model'\nmemberOf(A, { through: B, read: 'everyone' })`,
    ['readByEveryone'],
  ],
  [
    'a model that everyone writes',
    `import { shared } from 'terrace/model'\nshared({ write: 'everyone' })`,
    ['writtenByEveryone'],
  ],
  ['as an object', `model('a', {}, { access: { kind: 'shared', write: 'everyone' } })`, ['writtenByEveryone']],

  [
    'functions that Terrace does not know',
    `openDatabase(url, { models, allow: { functions: { md5: 'text' } } })`,
    ['allowList'],
  ],
  ['operators', `openDatabase(url, { models, allow: { operators: ['like'] } })`, ['allowList']],
  ['lists in a constant', `const allow = { casts: ['date'] }\nopenDatabase(url, { models, allow })`, ['allowList']],
  ['lists that are not known', `const f = (allow: A) => openDatabase(url, { models, allow })`, ['allowList?']],

  ['a deletion of all', `dao.deleteWhere({}, { all: true })`, ['unbounded']],
  ['a change of all', `dao.updateWhere({}, patch, { all: true })`, ['unbounded']],
  ['a query over all', `dao.query((db) => db.deleteFrom('a'), { all: true })`, ['unbounded']],
  ['by a computed method', `dao['deleteWhere']({}, { all: true })`, ['unbounded']],
  ['by options in a constant', `const o = { all: true }\ndao.deleteWhere({}, o)`, ['unbounded']],

  ['raw SQL', `import { sql } from 'kysely'\nsql\`select 1\``, ['rawSql']],
  ['under another name', `import { sql as s } from 'kysely'\ns<number>\`select 1\``, ['rawSql']],
  ['of all of the package', `import * as k from 'kysely'\nk.sql\`select 1\``, ['rawSql']],
  ['a text as it is', `import { sql } from 'kysely'\nsql.raw(text)`, ['rawSql']],
  ['a driver', `import pg from 'pg'`, ['driver']],
  ['a driver that is loaded later', `const { default: Sqlite } = await import('better-sqlite3')`, ['driver']],
  ['a driver that is required', `const mysql = require('mysql2/promise')`, ['driver']],
  ['a driver passed on', `export { Client } from 'pg'`, ['driver']],
  ['a query builder with a driver of its own', `import { Kysely } from 'kysely'\nnew Kysely({ dialect })`, ['driver']],
]

describe('what steps outside the scope is listed', () => {
  test.each<Case>(steppingOutside)('%s', async (_, source, kinds) => {
    expect(await kindsIn(source)).toEqual(kinds)
  })
})

const lookingAlike: readonly Case[] = [
  ['a text', `const text = "session.unscoped('x')"`, []],
  ['a comment', `// session.unscoped('x', work)\n/* dao.list({ deleted: 'with' }) */`, []],
  ['a template', 'const text = `dao.list({ deleted: "with" })`', []],
  ['a method of an object of its own', `const prices = { unscoped: () => 1 }\nprices.unscoped()`, []],
  ['a method of a class of its own', `class P { unscoped() { return 1 } }\nnew P().unscoped()`, []],
  ['a method of the class itself', `class P { unscoped() {} go() { this.unscoped() } }`, []],
  ['a private method', `class P { #unscoped() {} go() { this.#unscoped() } }`, []],
  [
    'a parameter of a type of its own',
    `interface Price { unscoped(): number }\nconst f = (p: Price) => p.unscoped()`,
    [],
  ],
  ['a function of its own', `function unscoped(x: string) {}\nunscoped('x')`, []],
  ['a name that hides the imported one', `${scope}function f(unscoped: (x: string) => void) { unscoped('x') }`, []],
  ['an import that is not used', scope, []],
  ['a type', `import type { unscoped } from 'terrace/database'\ntype A = typeof unscoped`, []],
  ['a declaration of a method', `interface S { unscoped(reason: string): void }`, []],
  ['a key of an object', `const labels = { unscoped: 'Without scope' }`, []],
  ['a kind without a reason', `const state = { kind: 'unscoped', at: 1 }`, []],

  ['rows that are alive', `dao.list({ deleted: 'without' })`, []],
  ['nothing said', `dao.list({ deleted: undefined })`, []],
  ['a column of a row', `dao.create({ name: 'x', deleted: 'with' })`, []],
  ['a column of a patch', `dao.update(id, { deleted: flag })`, []],
  ['a column of a condition', `dao.list({ where: { deleted: 'only' } })`, []],
  ['a column of a condition of many', `dao.deleteWhere({ deleted: value })`, []],
  ['a column of a model', `import { boolean, model } from 'terrace/model'\nmodel('a', { deleted: boolean() })`, []],
  ['a truth', `const state = { deleted: rows.length > 0 }`, []],
  ['a count', `const f = async () => ({ deleted: await dao.deleteWhere(where) })`, []],
  ['a parameter that is a number', `const f = (deleted: number) => ({ deleted })`, []],
  ['a pattern', `const { deleted } = await dao.purge(id)`, []],

  ['a unique rule of the owner', `text().unique()\ntext().unique({ global: false })`, []],
  ['another option of this name', `const flags = { global: true }\nmatch(/a/g, { global: true })`, []],
  [
    'a model that its owner reads',
    `import { owner } from 'terrace/model'\nowner(User)\nowner(User, { read: 'owner' })`,
    [],
  ],
  ['a model that nobody writes', `import { shared } from 'terrace/model'\nshared({ write: 'nobody' })`, []],
  ['another function of this name', `import { shared } from './memory.ts'\nshared({ write: 'everyone' })`, []],
  ['differences that a start may make', `openDatabase(url, { structure: { allow: ['drop-column a.b'] } })`, []],
  ['headers that are allowed', `cors({ allow: { origins: ['https://a'] } })`, []],
  ['all of something else', `await Promise.all([])\nlist({ all: true })\ndao.list({ all: true })`, []],
  ['a write with a condition', `dao.deleteWhere({ name: 'x' }, { all: false })`, []],
  ['a template of something else', `import { sql } from './words.ts'\nconst html = (t: unknown) => t\nhtml\`x\``, []],
  ['types of Kysely', `import type { Kysely } from 'kysely'\nconst f = (db: Kysely<A>) => db`, []],
  ['types of a driver', `import type { Pool } from 'pg'`, []],
  ['a package of a similar name', `import format from 'pg-format'`, []],
]

describe('what only looks like it is not', () => {
  test.each<Case>(lookingAlike)('%s', async (_, source, kinds) => {
    expect(await kindsIn(source)).toEqual(kinds)
  })
})

describe('a place is found through the files of a project', () => {
  const files: Files = {
    'src/scopes.ts': `export { unscoped as everything } from 'terrace/database'\nexport * from './more.ts'`,
    'src/more.ts': `export * as database from 'terrace/database'\nexport const trash = 'with'\nexport default 'only'`,
  }

  test.each<readonly [string, string, readonly string[]]>([
    ['re-exports', `import { everything } from './scopes.ts'\neverything('x')`, ['src/a.ts:2 unscopedScope']],
    ['as they are built', `import { everything } from './scopes.js'\neverything('x')`, ['src/a.ts:2 unscopedScope']],
    ['without an ending', `import { everything } from './scopes'\neverything('x')`, ['src/a.ts:2 unscopedScope']],
    ['all of a file', `import * as scopes from './scopes.ts'\nscopes.everything('x')`, ['src/a.ts:2 unscopedScope']],
    [
      'a module in a module',
      `import { database } from './scopes.ts'\ndatabase.unscoped('x')`,
      ['src/a.ts:2 unscopedScope'],
    ],
    [
      'a constant of another file',
      `import { trash } from './scopes.ts'\ndao.list({ deleted: trash })`,
      ['src/a.ts:2 deletedRows'],
    ],
    ['a default', `import mode from './more.ts'\ndao.list({ deleted: mode })`, ['src/a.ts:2 deletedRows']],
    ['a path of the package', `import { everything } from '#scopes'\neverything('x')`, ['src/a.ts:2 unscopedScope']],
    [
      'a package that nobody can read',
      `import { unscoped } from '@shop/database'\nunscoped('x')`,
      ['src/a.ts:2 unscopedScope?'],
    ],
  ])('%s', async (_, source, places) => {
    const manifest = { 'package.json': `{ "imports": { "#*": "./src/*.ts" } }` }
    expect(await placesOf({ ...files, ...manifest, 'src/a.ts': source })).toEqual(places)
  })

  test('files that import each other, and names that stand for themselves, come to an end', async () => {
    const places = await placesOf({
      'src/a.ts': `export { x } from './b.ts'\nlet y = y || y\ny = y ?? y\ndao.list({ deleted: y })\nlet o = { a: 1 }\no = { ...o, b: 2 }\ndao.list({ deleted: o.c })`,
      'src/b.ts': `export { x } from './a.ts'\nimport { x } from './a.ts'\nx('x')`,
    })
    expect(places).toEqual(['src/a.ts:4 deletedRows?', 'src/a.ts:7 deletedRows?'])
  })

  test('a file that is imported is read, wherever it lies', async () => {
    const places = await placesOf({
      'src/a.ts': `import '../test/hidden.ts'`,
      'test/hidden.ts': `session.unscoped('x', work)`,
      'test/other.ts': `session.unscoped('x', work)`,
    })
    expect(places).toEqual(['test/hidden.ts:1 unscopedSession'])
  })
})

describe('a place is told', () => {
  test('with its file, its line, what is around it, its text up to what is done, and the reason', async () => {
    const source = [
      `const why = 'nightly purge'`,
      `export class ProductService {`,
      `  async purgeAll() {`,
      `    return this.session.unscoped(`,
      `      why,`,
      `      async (all) => all.use(ProductDao).purgeDeleted({ olderThanDays: 30 }),`,
      `    )`,
      `  }`,
      `}`,
    ].join('\n')
    expect((await listed({ 'src/product.service.ts': source })).places).toEqual([
      {
        file: 'src/product.service.ts',
        line: 4,
        kind: 'unscopedSession',
        certainty: 'is',
        within: 'ProductService.purgeAll',
        text: 'this.session.unscoped( why',
        reason: 'nightly purge',
      },
    ])
  })

  test.each([
    ['JavaScript', 'a.js', `session.unscoped('x')`],
    ['JSX', 'a.tsx', `const a = <A onClick={() => session.unscoped('x')} />`],
    ['CommonJS', 'a.cjs', `module.exports = () => session.unscoped('x')`],
    [
      'decorators and older TypeScript',
      'a.ts',
      `@x class A { constructor(private s: S) { s.unscoped('x') } }\nenum B { C }\nnamespace D { session.unscoped('y') }`,
    ],
  ])('of %s', async (_, name, text) => {
    const { places, unparsed } = await listed({ [name]: text })
    expect(unparsed).toEqual([])
    expect(places.length).toBeGreaterThan(0)
  })
})

describe('which files are read', () => {
  const place = `session.unscoped('x', work)`
  const files: Files = {
    'server.ts': place,
    'src/a.ts': place,
    'src/a.test.ts': place,
    'src/types.d.ts': place,
    'test/b.ts': place,
    'dist/a.js': place,
    'node_modules/x/index.js': place,
    '.cache/c.ts': place,
    '.gitignore': 'src',
  }

  test('all of a folder but tests, what is built, and packages, whatever version control ignores', async () => {
    expect((await placesOf(files)).map((found) => found.split(':')[0])).toEqual(['server.ts', 'src/a.ts'])
  })

  test('tests too, where they are asked for', async () => {
    const { places } = await listed(files, { tests: true })
    expect(places.map(({ file }) => file)).toEqual(['server.ts', 'src/a.test.ts', 'src/a.ts', 'test/b.ts'])
  })

  test('what is named', async () => {
    const { places, files: count } = await listed(files, { paths: ['src', 'test/b.ts'] })
    expect([places.map(({ file }) => file), count]).toEqual([['src/a.ts', 'test/b.ts'], 2])
  })

  test('a path that is not there is refused', async () => {
    await expect(listed(files, { paths: ['source'] })).rejects.toMatchObject({
      code: 'CHECK_PATH',
      values: { path: 'source' },
    })
  })

  test('one that does not parse is told with its line, and the others are read', async () => {
    const { places, unparsed } = await listed({
      'src/a.ts': place,
      'src/b.ts': `const x = 1\nconst = 2`,
      'src/c.ts': place,
    })
    expect(places.map(({ file }) => file)).toEqual(['src/a.ts', 'src/c.ts'])
    expect(unparsed).toEqual([{ file: 'src/b.ts', line: 2, message: expect.any(String) }])
  })
})

test('without its parser it says which package to install', async () => {
  const missing = Object.assign(new Error(`Cannot find package 'oxc-parser' imported from x`), {
    code: 'ERR_MODULE_NOT_FOUND',
  })
  await expect(listed({}, { importParser: () => Promise.reject(missing) })).rejects.toMatchObject({
    code: 'CHECK_PARSER_MISSING',
    remedy: 'npm install --save-dev oxc-parser',
  })
  const broken = new Error('no binding for this machine')
  await expect(listed({}, { importParser: () => Promise.reject(broken) })).rejects.toBe(broken)
})
