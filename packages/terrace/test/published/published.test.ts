import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { entries, installPackage, targets, tenLines, type InstalledPackage } from './installed-package.ts'

const minute = 60_000

let installed: InstalledPackage
beforeAll(async () => {
  installed = await installPackage()
}, 4 * minute)
afterAll(() => installed?.remove())

describe('the tarball', () => {
  test('has the code and the types of each entry', () => {
    expect(entries.length).toBeGreaterThan(10)
    for (const { types, default: code } of targets) {
      expect([...installed.files]).toContain(types?.replace('./', ''))
      expect([...installed.files]).toContain(code?.replace('./', ''))
    }
  })

  test('offers the types before the code, and the condition of this repository before both', () => {
    for (const target of targets) expect(Object.keys(target)).toEqual(['terrace:source', 'types', 'default'])
  })

  test('is code with its types, a page to read and the licence, and no tests', () => {
    const { files } = installed
    const code = [...files].filter((file) => file.startsWith('dist/') && file.endsWith('.js'))
    const types = code.map((file) => file.replace(/js$/, 'd.ts'))
    const others = ['LICENSE', 'README.md', 'bin/terrace.js', 'package.json']
    expect([...files].toSorted()).toEqual([...others, ...code, ...types].toSorted())
    expect(code.filter((file) => /\.test|\/testing\/contract\//.test(file))).toEqual([])
    expect(licence('../..')).toBe(licence('../../../..'))
  })
})

describe('installed where there are only SQLite and the web server', () => {
  test('an app of ten lines answers a request', { timeout: minute }, async () => {
    expect(tenLines.match(/\S.*\n/g)).toHaveLength(10)
    installed.write('app.ts', tenLines)
    const app = spawn(process.execPath, ['app.ts'], {
      cwd: installed.folder,
      env: { ...installed.environment, PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const exit = new Promise<number | null>((resolve) => app.once('close', resolve))
    try {
      const url = await listening(app.stdout)
      const json = { headers: { 'content-type': 'application/json' } }
      const created = await fetch(`${url}/v1/notes`, { method: 'POST', ...json, body: '{"title":"hello"}' })
      expect([created.status, await created.json()]).toEqual([201, { id: expect.any(String), title: 'hello' }])
      const refused = await fetch(`${url}/v1/notes`, { method: 'POST', ...json, body: '{"title":""}' })
      expect(refused.status).toBe(422)
      expect(await (await fetch(`${url}/v1/notes`)).json()).toEqual([{ id: expect.any(String), title: 'hello' }])
    } finally {
      app.kill('SIGTERM')
    }
    expect(await exit).toBe(0)
  })

  test('the app and every entry type-check strictly, declarations included', { timeout: 2 * minute }, async () => {
    installed.write('app.ts', tenLines)
    const imports = entries.map((entry, index) => `import * as entry${index} from '${entry}'`)
    const names = entries.map((_, index) => `entry${index}`)
    installed.write('entries.ts', `${imports.join('\n')}\nexport const all = [${names.join(', ')}]\n`)
    installed.write('tsconfig.json', JSON.stringify({ compilerOptions: userCompilerOptions, include: ['*.ts'] }))
    // One error that must be found, and no other.
    installed.write('wrong.ts', `import { text } from 'terrace/model'\ntext().length('1', 2)\n`)
    expect((await installed.typeErrors()).trim().split('\n')).toEqual([
      expect.stringMatching(/^wrong\.ts\(2,15\): error TS2345/),
    ])
  })

  test('every entry can be imported', { timeout: minute }, async () => {
    const code = entries.map((entry) => `console.log(Object.keys(await import('${entry}')).length > 0)`).join('\n')
    expect((await installed.node('--input-type=module', '--eval', code)).trim().split('\n')).toEqual(
      entries.map(() => 'true'),
    )
  })

  test('the command line plans a SQLite file by a configuration in TypeScript', { timeout: minute }, async () => {
    const terrace = (...words: string[]) => installed.node('node_modules/.bin/terrace', ...words)
    expect(await terrace('--version')).toMatch(/^\d+\.\d+\.\d+\n$/)
    installed.write('models.ts', commandModels)
    installed.write('terrace.config.ts', commandConfig)
    const { ok, result } = JSON.parse(await terrace('db', 'plan', '--json')) as {
      readonly ok: boolean
      readonly result: { readonly plan: { readonly steps: readonly unknown[] } }
    }
    expect([ok, result.plan.steps]).toEqual([
      true,
      [expect.objectContaining({ change: 'createTable', table: 'notes' })],
    ])
    expect(await terrace('db', 'sync')).toContain('created notes')
    expect(await terrace('db', 'check')).toContain('the models are what the database sqlite:planned.db has')
  })

  test('a database whose driver is not there says what to install', { timeout: minute }, async () => {
    const printed = await installed.node('--input-type=module', '--eval', openEach)
    expect(printed.trim().split('\n')).toEqual([
      expect.stringMatching(/^DRIVER_MISSING .*npm install pg\b/),
      expect.stringMatching(/^DRIVER_MISSING .*npm install @electric-sql\/pglite\b/),
      expect.stringMatching(/^DRIVER_MISSING .*npm install mysql2\b/),
    ])
  })
})

describe('what is loaded', { timeout: minute }, () => {
  test('by models and shapes is Terrace alone', async () => {
    for (const entry of ['terrace/model', 'terrace/dto', 'terrace/errors', 'terrace/config'])
      expect([entry, (await loadedBy(entry)).packages]).toEqual([entry, ['terrace']])
  })

  test('by the database, DAOs, services and the command line is Kysely beside it: no web server, no driver', async () => {
    for (const entry of ['terrace/database', 'terrace/dao', 'terrace/service', 'terrace/generate', 'terrace/cli']) {
      const { packages, layers } = await loadedBy(entry)
      expect([entry, packages]).toEqual([entry, ['kysely', 'terrace']])
      expect(layers).not.toContain('http')
      expect(layers).not.toContain('dialects')
    }
  })

  test('by opening a database is the driver of its URL and nothing for the others', async () => {
    const { packages, asked, dialects } = await loadedBy('terrace/database', openMemory)
    expect(packages.filter((name) => !name.startsWith('terrace'))).toEqual(['better-sqlite3', 'kysely'])
    expect(dialects).toEqual(['sqlite'])
    expect(asked).toContain('better-sqlite3')
    for (const driver of ['pg', 'mysql2', '@electric-sql/pglite', 'fastify']) expect(asked).not.toContain(driver)
  })
})

const commandModels = `
  import { graph, model, text, uuid, type BoundModel } from 'terrace/model'
  const Note = model('notes', { id: uuid().primaryKey(), title: text().length(1, 40) })
  export const models = graph({ Note }) satisfies Readonly<Record<string, BoundModel>>`

const commandConfig = `
  import { defineConfig, type TerraceConfig } from 'terrace/cli'
  import { models } from './models.ts'
  const config: TerraceConfig = { database: 'sqlite:planned.db', models }
  export default defineConfig(config)`

function licence(folder: string): string {
  return readFileSync(join(import.meta.dirname, folder, 'LICENSE'), 'utf8')
}

const userCompilerOptions = {
  target: 'es2024',
  module: 'nodenext',
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  noEmit: true,
  // Those of this repository: nothing but Terrace and SQLite is installed here.
  typeRoots: [join(import.meta.dirname, '../../../../node_modules/@types')],
  types: ['node'],
}

const openEach = `
  import { openDatabase } from 'terrace/database'
  import { graph, model, uuid } from 'terrace/model'
  const models = graph({ Note: model('notes', { id: uuid().primaryKey() }) })
  for (const url of ['postgres://nobody@127.0.0.1:1/none', 'pglite:', 'mysql://nobody@127.0.0.1:1/none'])
    await openDatabase(url, { models }).catch(({ code, remedy }) => console.log(code, remedy))`

const openMemory = `
  const { graph, model, uuid } = await import('terrace/model')
  const models = graph({ Note: model('notes', { id: uuid().primaryKey() }) })
  const db = await entry.openDatabase('sqlite::memory:', { models })
  await db.close()`

interface Loaded {
  readonly packages: readonly string[]
  /** Folders of the library. */
  readonly layers: readonly string[]
  readonly dialects: readonly string[]
  /** Packages that something asked for, be they there or not. */
  readonly asked: readonly string[]
}

/** What a process has loaded that imported one entry and then ran `code`. */
async function loadedBy(entry: string, code = ''): Promise<Loaded> {
  const script = `
    import { registerHooks } from 'node:module'
    const urls = new Set(), asked = new Set()
    registerHooks({
      resolve: (specifier, context, next) => (asked.add(specifier), next(specifier, context)),
      load: (url, context, next) => (urls.add(url), next(url, context)),
    })
    const entry = await import('${entry}')
    ${code}
    console.log(JSON.stringify({ urls: [...urls], asked: [...asked] }))`
  const printed = await installed.node('--input-type=module', '--eval', script)
  const { urls, asked } = JSON.parse(printed) as { urls: readonly string[]; asked: readonly string[] }
  const captured = (pattern: RegExp) =>
    [...new Set(urls.flatMap((url) => pattern.exec(url)?.slice(1) ?? []))].toSorted()
  return {
    packages: captured(/.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//),
    layers: captured(/\/terrace\/dist\/([^/]+)\//),
    dialects: captured(/\/terrace\/dist\/dialects\/([^/]+)\//),
    asked,
  }
}

/** The URL that an app says it listens on. */
async function listening(output: NodeJS.ReadableStream): Promise<string> {
  let printed = ''
  for await (const bytes of output) {
    printed += String(bytes)
    const url = /"url":"([^"]+)"/.exec(printed)?.[1]
    if (url !== undefined && printed.includes('listening')) return url
  }
  throw new Error(`The app ended: ${printed}`)
}
