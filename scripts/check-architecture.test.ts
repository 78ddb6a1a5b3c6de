import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { architecture, type Architecture } from '../architecture.config.ts'
import { checkArchitecture } from './architecture/check.ts'
import { layerMap } from './architecture/layer-map.ts'
import { readSources } from './architecture/read-sources.ts'
import { violationText } from './architecture/violation.ts'

/** The rules without the files that this repository excuses: none of them is among the sources of these tests. */
const rules: Architecture = { ...architecture, databaseNames: { ...architecture.databaseNames, allowedFiles: {} } }

/** `rule path:line` for each violation, paths below the library's source. */
function check(sources: Readonly<Record<string, string>>, config: Architecture = rules): readonly string[] {
  const texts = Object.entries(sources).map(([path, text]) => [inRepository(path), text] as const)
  return checkArchitecture(config, new Map(texts)).map(
    ({ rule, path, line }) => `${rule} ${path.replace(`${architecture.source}/`, '')}:${line}`,
  )
}

function inRepository(path: string): string {
  return /^(packages|apps|bench|scripts)\//.test(path) ? path : `${architecture.source}/${path}`
}

describe('order of layers', () => {
  test.each([
    ['a value import', `import { dao } from '../dao/index.ts'`],
    ['a type import', `import type { Dao } from '../dao/index.ts'`],
    ['an import for its effects', `import '../dao/index.ts'`],
    ['import()', `export const load = () => import('../dao/index.ts')`],
    ['a type by import()', `export type D = import('../dao/index.ts').Dao`],
    ['a re-export of all', `export * from '../dao/index.ts'`],
    ['a re-export of one', `export { dao } from '../dao/index.ts'`],
    ['a re-export of a type', `export type { Dao } from '../dao/index.ts'`],
    ['import = require()', `import dao = require('../dao/index.ts')`],
    ['require()', `export const dao = require('../dao/index.ts')`],
  ])('refuses %s of a layer above', (_form, text) => {
    expect(check({ 'model/model.ts': `\n${text}` })).toEqual(['layer-order model/model.ts:2'])
  })

  test.each([
    ['the DAO from HTTP', 'http/router.ts', '../dao/index.ts'],
    ['one dialect from another', 'dialects/mysql/ddl.ts', '../sqlite/index.ts'],
    ['a layer from one beside it', 'config/settings.ts', '../observe/index.ts'],
    ['the testing layer from any other', 'app/create-app.ts', '../testing/index.ts'],
    ['the command line from the testing layer', 'testing/clients.ts', '../cli/index.ts'],
  ])('refuses %s', (_what, path, specifier) => {
    expect(check({ [path]: `import {} from '${specifier}'` })).toEqual([`layer-order ${path}:1`])
  })

  test.each([
    ['a layer that the table names', 'dao/dao.ts', '../database/index.ts'],
    ['a layer that "down to" reaches', 'auth/devices.ts', '../sync/index.ts'],
    ['everything from the testing layer', 'testing/clients.ts', '../app/index.ts'],
    ['a file of the same layer', 'model/model.ts', './column.ts'],
    ['a package that has no home layer', 'dto/shape.ts', 'typebox'],
    ['a folder whose name only begins like a layer', 'schema/diff/tables.ts', '../plan/model-plan.ts'],
  ])('allows %s', (_what, path, specifier) => {
    expect(check({ [path]: `import {} from '${specifier}'` })).toEqual([])
  })

  it('is not misled by imports that are only text', () => {
    const text = `// import '../dao/index.ts'\nexport const help = "import { dao } from '../dao/index.ts'"`
    expect(check({ 'model/model.ts': text })).toEqual([])
  })

  it('lets a test import any layer', () => {
    const text = `import {} from '../app/index.ts'\nimport {} from 'kysely'\nimport {} from './index.ts'`
    expect(check({ 'service/policy.test.ts': text })).toEqual([])
  })

  it('refuses a path put together at run time, but not a package name taken from a variable', () => {
    const text = [
      'export const a = (name: string) => import(`../dao/${name}.ts`)',
      `export const b = (name: string) => import('./' + name)`,
      'export const c = (name: string) => import(name)',
    ]
    expect(check({ 'model/load.ts': text.join('\n') })).toEqual([
      'computed-import model/load.ts:1',
      'computed-import model/load.ts:2',
    ])
  })

  it('refuses a file that is in no layer', () => {
    expect(check({ 'misc/thing.ts': '', 'thing.ts': '' })).toEqual(['no-layer misc/thing.ts:1', 'no-layer thing.ts:1'])
  })
})

describe('doors', () => {
  it('refuses reaching behind the door of another layer, from tests too', () => {
    const text = `import {} from '../model/column.ts'`
    expect(check({ 'dto/shape.ts': text, 'dto/shape.test.ts': text })).toEqual([
      'inner-import dto/shape.test.ts:1',
      'inner-import dto/shape.ts:1',
    ])
  })

  it('refuses importing the own door, from an inner folder too', () => {
    expect(
      check({ 'schema/change.ts': `export * from './index.ts'`, 'schema/diff/tables.ts': `import '../index.ts'` }),
    ).toEqual(['own-door schema/change.ts:1', 'own-door schema/diff/tables.ts:1'])
  })

  it('refuses the library importing itself as a package, but not a package with a longer name', () => {
    const text = `import {} from 'terrace/model'\nimport {} from 'terrace-extras'`
    expect(check({ 'dto/shape.ts': text })).toEqual(['own-door dto/shape.ts:1'])
  })

  it('refuses an index.ts behind the door', () => {
    expect(check({ 'schema/diff/index.ts': '', 'schema/index.ts': '', 'dialects/mysql/index.ts': '' })).toEqual([
      'inner-index schema/diff/index.ts:1',
    ])
  })

  it('lets a test of a layer import the contract suite it runs', () => {
    const text = `import {} from '../../testing/contract/runtime-dialect.ts'`
    expect(check({ 'dialects/sqlite/driver.test.ts': text })).toEqual([])
  })
})

describe('import circles', () => {
  it('reports each circle once, with the way round', () => {
    const sources = {
      'model/a.ts': `import type { B } from './b.ts'`,
      'model/b.ts': `\nexport { c } from './c.ts'`,
      'model/c.ts': `export const a = () => import('./a.ts')`,
      'model/leaf.ts': `import {} from './a.ts'`,
    }
    expect(check(sources)).toEqual(['import-circle model/a.ts:1'])
    const texts = new Map(Object.entries(sources).map(([path, text]) => [inRepository(path), text]))
    const [violation] = checkArchitecture(rules, texts)
    expect(violation?.found.replaceAll(`${architecture.source}/model/`, '')).toBe('a.ts → b.ts → c.ts → a.ts')
  })

  it('reports a file that imports itself, and circles outside the library', () => {
    expect(
      check({
        'model/a.ts': `import {} from './a.ts'`,
        'apps/shop/src/x.ts': `import {} from './y.ts'`,
        'apps/shop/src/y.ts': `import {} from './x.ts'`,
      }),
    ).toEqual(['import-circle apps/shop/src/x.ts:1', 'import-circle model/a.ts:1'])
  })

  it('reports two circles that share no file as two', () => {
    const pair = (a: string, b: string) => ({ [a]: `import '${b.replace('model', '.')}'` })
    expect(
      check({
        ...pair('model/a.ts', 'model/b.ts'),
        ...pair('model/b.ts', 'model/a.ts'),
        ...pair('model/c.ts', 'model/d.ts'),
        ...pair('model/d.ts', 'model/c.ts'),
      }),
    ).toEqual(['import-circle model/a.ts:1', 'import-circle model/c.ts:1'])
  })

  it('accepts a diamond', () => {
    expect(
      check({
        'model/top.ts': `import {} from './left.ts'\nimport {} from './right.ts'`,
        'model/left.ts': `import {} from './bottom.ts'`,
        'model/right.ts': `import {} from './bottom.ts'`,
        'model/bottom.ts': '',
      }),
    ).toEqual([])
  })
})

describe('homes of packages', () => {
  test.each([
    ['fastify', 'app/create-app.ts'],
    ['@fastify/cors', 'app/create-app.ts'],
    ['kysely', 'service/policy.ts'],
    ['kysely/helpers', 'service/policy.ts'],
    ['better-sqlite3', 'database/session.ts'],
    ['pg', 'dialects/mysql/driver.ts'],
    ['@electric-sql/pglite', 'testing/servers.ts'],
    ['mysql2/promise', 'connect/open-database.ts'],
  ])('refuses %s in %s', (specifier, path) => {
    expect(
      check({ [path]: `import type {} from '${specifier}'` }).filter((found) => !found.startsWith('data')),
    ).toEqual([`package-home ${path}:1`])
  })

  test.each([
    ['fastify', 'http/server.ts'],
    ['kysely', 'dao/dao.ts'],
    ['mysql2/promise', 'dialects/mysql/driver.ts'],
    ['pg', 'dialects/postgres/driver.test.ts'],
    ['pg-connection-string', 'connect/url.ts'],
    ['kysely-codegen', 'model/model.ts'],
    ['fastify', 'bench/empty-server.ts'],
  ])('allows %s in %s', (specifier, path) => {
    expect(check({ [path]: `import {} from '${specifier}'` })).toEqual([])
  })
})

describe('names of databases', () => {
  test.each([
    ['a string', `export const kind = 'sqlite'`],
    ['an identifier in another letter case', 'export function isPostgreSQL() {}'],
    ['a property', 'export const x = { mysqlPort: 1 }'],
    ['a private member', 'export class A { #mariadb = 1 }'],
    ['a type', `export type Kind = 'a' | 'PGlite'`],
    ['a template', 'export const x = (y: string) => `${y} for MySQL`'],
    ['a regular expression', 'export const x = /^mysql:/'],
  ])('refuses one in %s', (_where, text) => {
    expect(check({ 'database/session.ts': `\n${text}` })).toEqual(['database-name database/session.ts:2'])
  })

  it('allows them in comments, in the dialects, in tests and outside the library', () => {
    const text = `export const kind = 'sqlite'`
    expect(
      check({
        'database/session.ts': '// SQLite has no server.\n/* nor has PGlite */\nexport const pg = 1',
        'dialects/postgres/index.ts': text,
        'connect/open-database.test.ts': text,
        'model/model.test-d.ts': text,
        'testing/contract/values.ts': text,
        'packages/terrace/test/start.ts': text,
        'apps/shop/src/main.ts': text,
      }),
    ).toEqual([])
  })

  it('counts the path of an import, so that only an allowed file can choose a dialect', () => {
    const text = `export const load = () => import('../dialects/sqlite/index.ts')`
    expect(check({ 'connect/open-database.ts': text })).toEqual(['database-name connect/open-database.ts:1'])
  })

  it('allows them in the files of the allow-list, and reports an entry that is not needed', () => {
    const allowedFiles = { 'connect/dialect-by-scheme.ts': 'a', 'connect/idle.ts': 'b', 'connect/gone.ts': 'c' }
    const config = { ...architecture, databaseNames: { ...architecture.databaseNames, allowedFiles } }
    expect(
      check({ 'connect/dialect-by-scheme.ts': `export const a = 'sqlite'`, 'connect/idle.ts': '' }, config),
    ).toEqual(['unneeded-allowance connect/gone.ts:1', 'unneeded-allowance connect/idle.ts:1'])
  })
})

describe('sizes', () => {
  const lines = (count: number) => Array.from({ length: count }, (_, index) => `  call(${index})`).join('\n')
  const functionOf = (count: number) => `export function long() {\n${lines(count - 2)}\n}`

  it('counts lines of code, not blanks and comments', () => {
    const filler = '\n\n// note\n/* a\n\n b */\n'
    expect(check({ 'model/a.ts': lines(400) + filler, 'model/b.ts': lines(401) })).toEqual(['file-size model/b.ts:1'])
  })

  it('counts a line that has code beside a comment, and a comment mark inside a string', () => {
    const marks = Array.from({ length: 401 }, () => `call('/*') // note`).join('\n')
    expect(check({ 'model/a.ts': marks })).toEqual(['file-size model/a.ts:1'])
  })

  test.each([
    ['a function', functionOf],
    ['an arrow function', (count: number) => `export const long = () => {\n${lines(count - 2)}\n}`],
    ['a method', (count: number) => `export class A { long() {\n${lines(count - 2)}\n} }`],
    ['a getter', (count: number) => `export const a = { get long() {\n${lines(count - 2)}\n} }`],
  ])('refuses %s of 61 lines and accepts one of 60', (_kind, source) => {
    expect(check({ 'model/a.ts': source(60), 'model/b.ts': source(61) })).toEqual(['function-size model/b.ts:1'])
  })

  it('lets the outer functions of a test be long, but not a single test', () => {
    const suite = (size: number) => `describe('a', () => {\n${`it('b', () => {\n${lines(size)}\n})\n`.repeat(3)}})`
    expect(
      check({ 'model/a.test.ts': suite(50), 'model/b.test.ts': suite(60).replaceAll('\n})\nit', '\n})\n\nit') }),
    ).toEqual(Array.from({ length: 3 }, (_, index) => `function-size model/b.test.ts:${2 + index * 63}`))
  })
})

describe('the report', () => {
  it('names file, line, rule, what was found, why, and what to do', () => {
    const texts = new Map([[inRepository('model/model.ts'), `import '../dao/index.ts'`]])
    expect(checkArchitecture(rules, texts).map(violationText)).toEqual([
      [
        'packages/terrace/src/model/model.ts:1  layer-order',
        `  model imports dao by '../dao/index.ts'`,
        '  why: model may import errors; types count as values do.',
        '  do:  Move what is shared to a layer below both, or take it as an argument from the layer above.',
        '',
      ].join('\n'),
    ])
  })

  it('refuses a table in which a layer allows one above it, or an unknown one', () => {
    const withLayer = (mayImport: readonly string[]) => ({
      ...architecture,
      layers: [
        { folder: 'a', mayImport, holds: '' },
        { folder: 'b', mayImport: [], holds: '' },
      ],
    })
    expect(() => layerMap(withLayer(['b']))).toThrow('a allows b, which does not stand below it')
    expect(() => layerMap(withLayer(['z']))).toThrow('a names the unknown layer z')
  })

  it('names the file that does not parse', () => {
    expect(() => check({ 'model/a.ts': 'export const = 1' })).toThrow('packages/terrace/src/model/a.ts does not parse')
  })
})

describe('reading the disk', () => {
  it('finds the TypeScript of the named folders, without what was installed or built', async () => {
    const root = await mkdtemp(join(tmpdir(), 'architecture-'))
    const paths = ['packages/a/src/x.ts', 'packages/a/y.mts', 'packages/a/z.js', 'packages/a/types.d.ts', 'other/x.ts']
    const skipped = ['packages/a/node_modules/b/x.ts', 'packages/a/dist/x.ts']
    try {
      for (const path of [...paths, ...skipped]) {
        await mkdir(dirname(join(root, path)), { recursive: true })
        await writeFile(join(root, path), path)
      }
      const sources = await readSources(root, ['packages', 'absent'])
      expect([...sources]).toEqual([
        ['packages/a/src/x.ts', 'packages/a/src/x.ts'],
        ['packages/a/y.mts', 'packages/a/y.mts'],
      ])
    } finally {
      await rm(root, { recursive: true })
    }
  })
})
