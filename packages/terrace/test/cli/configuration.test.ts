import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { configText, modelsText, projectFolder, type ProjectFolder } from './project-folder.ts'
import { terraceProcess } from './terrace-process.ts'

let project: ProjectFolder
beforeEach(() => {
  project = projectFolder({ 'models.ts': modelsText() })
})
afterEach(() => project.remove())

async function shownDatabase(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const ran = await project.terrace(['db', 'plan', '--json', ...words], { env })
  return ran.json().result?.['database']
}

async function refusal(words: readonly string[] = ['db', 'plan'], env: Readonly<Record<string, string>> = {}) {
  const ran = await project.terrace([...words, '--json'], { env })
  expect(ran).toMatchObject({ code: 2, err: '' })
  return ran.json().error
}

const file = (name: string): string => `sqlite:${project.path(name)}`

describe('the configuration', () => {
  test.each(['terrace.config.ts', 'terrace.config.mts', 'terrace.config.js', 'terrace.config.mjs'])(
    'is found as %s in the working directory',
    async (name) => {
      project.write(name, configText(file('of-config.db')))
      expect(await shownDatabase([])).toBe(file('of-config.db'))
    },
  )

  test('is the file that --config names', async () => {
    project.write('other/place.config.ts', configText(file('elsewhere.db')).replace('./models', '../models'))
    expect(await shownDatabase(['--config', 'other/place.config.ts'])).toBe(file('elsewhere.db'))
  })

  test('may be missing where flags and environment say all', async () => {
    expect(await shownDatabase(['--url', file('flag.db'), '--models', 'models.ts'])).toBe(file('flag.db'))
  })

  test('has two files: it is told, and none is taken', async () => {
    project.write('terrace.config.ts', configText(project.url))
    project.write('terrace.config.mjs', 'export default {}')
    expect(await refusal()).toMatchObject({
      code: 'CLI_CONFIG',
      message: 'terrace.config.ts cannot be used: terrace.config.mjs is there beside it',
    })
  })

  const wrong: readonly (readonly [string, string, string, string])[] = [
    ['no default export', 'export const config = {}', 'it has no default export', 'export default defineConfig'],
    ['a default export that is no object', 'export default 7', 'its default export is no object', 'defineConfig'],
    ['a list', 'export default []', 'its default export is no object', 'defineConfig'],
    ['a misspelt key', `export default { migration: 'm' }`, 'it has the key "migration"', 'Did you mean "migrations"?'],
    ['an unknown key', 'export default { colour: 1 }', 'it has the key "colour"', 'Known are database, models,'],
    ['a database that is no text', 'export default { database: 7 }', 'its "database" is not a text', 'Give a text'],
    ['an empty text', `export default { scratch: '' }`, 'its "scratch" is not a text', 'or leave it out'],
    ['production as a text', `export default { production: 'yes' }`, 'its "production" is not true or false', 'true'],
    ['models that are none', 'export default { models: { A: {} } }', 'its "models" is not what graph({ … })', 'Give'],
    ['an app that is none', 'export default { app: { title: 1 } }', 'its "app" is not what createApp({ … })', 'Give'],
    ['seeds that are none', 'export default { seeds: { A: 7 } }', 'its "seeds" is not rows, or a function', 'Give'],
  ]
  test.each(wrong)('with %s is refused, with the way on', async (_, text, problem, remedy) => {
    project.write('terrace.config.mjs', text)
    const error = await refusal()
    expect(error?.code).toBe('CLI_CONFIG')
    expect(error?.message).toContain(`terrace.config.mjs cannot be used: ${problem}`)
    expect(error?.remedy).toContain(remedy)
  })

  test('with seeds for no model is refused, with the nearest', async () => {
    project.write('terrace.config.ts', configText(project.url, `seeds: { Produkt: [] }`))
    expect(await refusal()).toMatchObject({
      message: 'terrace.config.ts cannot be used: its "seeds" name "Produkt", which is no model',
      remedy: 'Did you mean "Product"?',
    })
  })

  test('may have undefined for what is not given', async () => {
    project.write('terrace.config.ts', configText(project.url, 'scratch: undefined'))
    expect(await shownDatabase([])).toBe(project.url)
  })

  test('that throws says the words and the line', async () => {
    project.write('terrace.config.mjs', `\n\nthrow new Error('no such tenant')\n`)
    const error = await refusal()
    expect(error?.message).toContain('terrace.config.mjs cannot be used: Error: no such tenant')
    expect(error?.message).toContain('(line 3)')
  })

  test('whose models are declared wrongly says so in the words of models', async () => {
    project.write('models.ts', modelsText('price: text().length(9, 1)'))
    project.write('terrace.config.ts', configText(project.url))
    expect((await refusal())?.code).toBe('MODEL_DECLARATION')
  })

  test('that is not there, or is a folder, is refused', async () => {
    expect(await refusal(['db', 'plan', '--config', 'no.ts'])).toMatchObject({
      message: expect.stringContaining('no.ts cannot be used: there is no such file'),
    })
    expect(await refusal(['db', 'plan', '--config', '.'])).toMatchObject({
      message: expect.stringContaining('it is no file'),
    })
  })
})

// What Node says of a module that it cannot read, and not what a test runner says.
describe('a configuration that is no code', () => {
  const broken: readonly (readonly [string, string, string])[] = [
    ['terrace.config.ts', 'export default {\n  database: 1,\n  b c\n}\n', '3'],
    ['terrace.config.mjs', 'export default {\n  database: 1,\n  b c\n}\n', '3'],
    ['terrace.config.mts', 'const a = 1\nenum B { C }\nexport default {}\n', '2'],
  ]
  test.each(broken)('in %s is refused with its line, and shows none of it', async (name, text, line) => {
    project.write(name, text)
    const { code, out, err } = await terraceProcess(['db', 'plan'], { cwd: project.folder }).ended
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(new RegExp(`^error CLI_CONFIG: ${name} cannot be used: SyntaxError: .*\\(line ${line}\\)\n`))
    expect(err).not.toContain('    at ')
  })

  test('because an import is missing says which', async () => {
    project.write('terrace.config.ts', `import { models } from './modles.ts'\nexport default { models }\n`)
    const { code, err } = await terraceProcess(['db', 'plan'], { cwd: project.folder }).ended
    expect(code).toBe(2)
    expect(err).toMatch(/CLI_CONFIG: terrace\.config\.ts cannot be used: .*modles\.ts/)
    expect(err).toContain('→ Correct the import')
  })
})

describe('the app', () => {
  const appText = `
import { createApp } from 'terrace/app'
import { models } from './models.ts'
export const app = createApp({ title: 'Shop', version: '1', models, routes: [] })
`
  const lazy = `export default { app: async () => (await import('./app.ts')).app, database: 'sqlite:shop.db' }`
  const plan = ['db', 'plan'] as const

  test('brings its models where none are given', async () => {
    project.write('app.ts', appText)
    project.write('terrace.config.ts', lazy)
    expect(await project.terrace(plan)).toMatchObject({ code: 0, out: expect.stringContaining('products') })
    project.write('terrace.config.ts', `import { app } from './app.ts'\nexport default { app }`)
    expect(await shownDatabase(['--url', file('other.db')])).toBe(file('other.db'))
  })

  test('is not loaded where nothing is asked of it', async () => {
    project.write('terrace.config.ts', configText(project.url, `app: () => { throw new Error('loaded') }`))
    expect((await project.terrace(plan)).code).toBe(0)
  })

  test('that fails to load, or gives none, says so', async () => {
    project.write(
      'terrace.config.ts',
      `export default { database: 'sqlite:a.db', app: () => { throw new Error('no such file') } }`,
    )
    expect((await refusal())?.message).toBe('terrace.config.ts cannot be used: its "app" failed: Error: no such file')
    project.write('terrace.config.ts', `export default { database: 'sqlite:a.db', app: () => 7 }`)
    expect((await refusal())?.message).toBe('terrace.config.ts cannot be used: its "app" gives no app')
  })
})

describe('the database', () => {
  test('is that of --url before DATABASE_URL before the configuration', async () => {
    project.write('terrace.config.ts', configText(file('config.db')))
    const env = { DATABASE_URL: file('environment.db') }
    expect(await shownDatabase(['--url', file('flag.db')], env)).toBe(file('flag.db'))
    expect(await shownDatabase([], env)).toBe(file('environment.db'))
    expect(await shownDatabase([])).toBe(file('config.db'))
  })

  test('is read from .env where an app that starts here would read it', async () => {
    project.write('terrace.config.ts', configText(file('config.db')))
    project.write('.env', `DATABASE_URL=${file('dotenv.db')}\n`)
    project.write('.env.test', `DATABASE_URL=${file('typed.db')}\n`)
    expect(await shownDatabase([])).toBe(file('dotenv.db'))
    expect(await shownDatabase([], { ENV_TYPE: 'test' })).toBe(file('typed.db'))
    expect(await shownDatabase([], { ENV_TYPE: 'test', DATABASE_URL: file('named.db') })).toBe(file('named.db'))
  })

  test('that nothing names is missed, with the three ways to name it', async () => {
    expect(await refusal(['db', 'plan', '--models', 'models.ts'])).toMatchObject({
      code: 'CLI_MISSING',
      message: 'The command needs a database, and nothing says which',
      remedy: 'Give --url <url>, DATABASE_URL, or database in terrace.config.ts',
    })
  })

  test('of an unknown scheme is refused without its password', async () => {
    const error = await refusal(['db', 'plan', '--models', 'models.ts', '--url', 'oracle://app:hunter2@db/app'])
    expect(error?.code).toBe('DATABASE_URL')
    expect(JSON.stringify(error)).not.toContain('hunter2')
  })

  test('is shown without its password, also where it does not answer', async () => {
    const url = 'postgres://app:hunter2@127.0.0.1:1/shop'
    const ran = await project.terrace(['db', 'plan', '--models', 'models.ts', '--url', url])
    expect(ran.code).toBe(4)
    expect(ran.err).toContain('DATABASE_UNREACHABLE')
    expect(ran.out + ran.err).not.toContain('hunter2')
  })
})

describe('models', () => {
  test('are those that --models exports by default, or as models, before the configuration', async () => {
    project.write('terrace.config.ts', configText(project.url))
    project.write('more.ts', modelsText('kcal: integer()'))
    project.write('default.ts', `${modelsText('grams: integer()')}\nexport default models`)
    const planned = async (...words: string[]): Promise<string> => (await project.terrace(['db', 'plan', ...words])).out
    expect(await planned()).not.toContain('"kcal"')
    expect(await planned('--models', 'more.ts')).toContain('"kcal"')
    expect(await planned('--models', './default.ts')).toContain('"grams"')
  })

  test('that nothing names are missed', async () => {
    expect(await refusal(['db', 'plan', '--url', project.url])).toMatchObject({
      code: 'CLI_MISSING',
      message: 'The command needs models, and nothing says which',
    })
  })

  test('of a module that exports none are refused', async () => {
    project.write('empty.ts', 'export const model = {}')
    expect(await refusal(['db', 'plan', '--url', project.url, '--models', 'empty.ts'])).toMatchObject({
      code: 'CLI_CONFIG',
      message: 'empty.ts cannot be used: it exports no models',
    })
  })
})
