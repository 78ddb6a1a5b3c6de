import { EventEmitter } from 'node:events'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { exitCodeOf, exitMeanings } from '../../src/cli/exit-codes.ts'
import { defineErrors, errors } from '../../src/errors/index.ts'
import { configText, modelsText, projectFolder, type ProjectFolder } from './project-folder.ts'

let project: ProjectFolder
beforeEach(() => {
  project = projectFolder({ 'models.ts': modelsText() })
  project.write('terrace.config.ts', configText(project.url))
})
afterEach(() => project.remove())

async function ran(...words: string[]): Promise<readonly [number, string | undefined]> {
  const { code, err } = await project.terrace(words)
  return [code, /^error (\S+?):/m.exec(err)?.[1]]
}

describe('the exit code', () => {
  test('0: done, and nothing to do', async () => {
    expect(await ran('db', 'sync')).toEqual([0, undefined])
    expect(await ran('db', 'sync')).toEqual([0, undefined])
  })

  test('1: failed, for a reason that is registered', async () => {
    project.write('terrace.config.ts', configText(project.url, `seeds: { Product: [{ name: '' }] }`))
    expect(await ran('db', 'sync')).toEqual([1, 'SEED_INVALID'])
  })

  test('1: failed, for one that nobody foresaw, with its trace', async () => {
    const throwing = `seeds: { Product: () => { throw new Error('the moon is full') } }`
    project.write('terrace.config.ts', configText(project.url, throwing))
    const { code, err, out } = await project.terrace(['db', 'sync'])
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(/^error Error: the moon is full\n {4}at /)
    const json = await project.terrace(['db', 'sync', '--json'])
    expect(json.json()).toMatchObject({ ok: false, error: { code: 'UNEXPECTED', message: 'the moon is full' } })
    expect(json.err).toContain('    at ')
  })

  test('2: called or configured wrongly', async () => {
    expect(await ran('db', 'sync', '--maintenence')).toEqual([2, 'CLI_USAGE'])
    expect(await ran('db', 'sync', '--models', 'none.ts')).toEqual([2, 'CLI_CONFIG'])
    expect(await ran('db', 'sync', '--url', 'oracle:x')).toEqual([2, 'DATABASE_URL'])
  })

  test('3: differs, or refused by a rule', async () => {
    expect(await ran('db', 'check')).toEqual([3, 'CLI_DIFFERS'])
    await project.terrace(['db', 'sync'])
    project.write('renamed.ts', modelsText('title: text()').replace(`name: text().length(1, 40)`, 'heading: text()'))
    expect(await ran('db', 'sync', '--models', 'renamed.ts')).toEqual([3, 'STRUCTURE_DRIFT'])
    expect(await ran('db', 'plan', '--models', 'renamed.ts')).toEqual([3, 'CLI_REFUSED'])
  })

  test('4: the database does not answer', async () => {
    expect(await ran('db', 'plan', '--url', 'postgres://app@127.0.0.1:1/shop')).toEqual([4, 'DATABASE_UNREACHABLE'])
  })
})

describe('a signal', () => {
  test('stops an upgrade between two steps, which goes on with the next run', async () => {
    const signals = new EventEmitter()
    await project.terrace(['db', 'revision', '-m', 'first'])
    for (const revision of ['second', 'third']) {
      await project.terrace(['db', 'revision', '-m', revision, '--empty'])
      const { file } = (await project.terrace(['db', 'show', '--json'])).json().result as { readonly file: string }
      const step = `{ data: '${revision}', version: 1, run: async () => { (globalThis as { told?: (name: string) => void }).told?.('${revision}') } },`
      project.replace(file, 'up: [', `up: [${step}`)
    }
    const told: string[] = []
    Object.assign(globalThis, {
      told: (name: string) => {
        told.push(name)
        if (name === 'second') signals.emit('SIGTERM')
      },
    })
    const first = await project.terrace(['db', 'upgrade'], { signals })
    Object.assign(globalThis, { told: (name: string) => told.push(name) })
    expect([first.code, told]).toEqual([143, ['second']])
    expect(first.err).toContain('SIGTERM: stopping at the next safe point; once more stops at once')
    expect(first.err).toMatch(/error CLI_INTERRUPTED: Stopped by SIGTERM: .*third\.ts: its upgrade was stopped/)
    const second = await project.terrace(['db', 'upgrade', '--json'])
    expect([second.code, told.at(-1)]).toEqual([0, 'third'])
    expect((await project.terrace(['db', 'current', '--json'])).json().result?.['pending']).toEqual([])
    Reflect.deleteProperty(globalThis, 'told')
  })

  test('stops what tries revisions out, and nothing is written', async () => {
    const signals = new EventEmitter()
    await project.terrace(['db', 'revision', '-m', 'first'])
    await project.terrace(['db', 'revision', '-m', 'second', '--empty'])
    const { file } = (await project.terrace(['db', 'show', '--json'])).json().result as { readonly file: string }
    const step = `{ data: 'stop', version: 1, run: async () => { (globalThis as { stop?: () => void }).stop?.() } },`
    project.replace(file, 'up: [', `up: [${step}`)
    project.write('next.ts', modelsText('grams: integer().default(100)'))
    Object.assign(globalThis, { stop: () => signals.emit('SIGINT') })
    for (const words of [
      ['revision', '-m', 'third'],
      ['verify', '--revisions'],
    ]) {
      const stopped = await project.terrace(['db', ...words, '--models', 'next.ts', '--json'], { signals })
      expect([stopped.code, stopped.json().error?.code]).toEqual([130, 'CLI_INTERRUPTED'])
    }
    Reflect.deleteProperty(globalThis, 'stop')
    const { result } = (await project.terrace(['db', 'history', '--json'])).json()
    expect(result?.['revisions']).toMatchObject([{ description: 'first' }, { description: 'second' }])
  })

  test('that comes again, later than npm sends the same one twice, ends the process at once', async () => {
    const signals = new EventEmitter()
    const exits: number[] = []
    await project.terrace(['db', 'sync'])
    project.write('terrace.config.ts', configText(project.url, `seeds: { Product: () => globalThis['seeding']() }`))
    const database = new Sqlite(project.path('shop.db'))
    database.exec('delete from products')
    database.close()
    const seeding = async (): Promise<readonly object[]> => {
      for (const waitMs of [0, 20, 300]) {
        await new Promise((resolve) => setTimeout(resolve, waitMs))
        signals.emit('SIGINT')
      }
      return [{ name: 'Bread' }]
    }
    Object.assign(globalThis, { seeding })
    const { code } = await project.terrace(['db', 'seed'], { signals, exit: (exit) => exits.push(exit) })
    Reflect.deleteProperty(globalThis, 'seeding')
    // Here nothing ends at once; what came to its end all the same is done.
    expect([exits, code]).toEqual([[130], 0])
  })
})

describe('the table of exit codes', () => {
  test('has a code for each registered error, and no other code', () => {
    const codes = Object.values(errors).map(({ definition, code }) => {
      const { [code]: factory } = defineErrors({ [code]: definition })
      return exitCodeOf((factory as (details: object) => Error)({ values: definition.values }))
    })
    expect(new Set(codes.map(String)).difference(new Set(Object.keys(exitMeanings)))).toEqual(new Set())
  })

  const table: readonly (readonly [string, number])[] = [
    ['STRUCTURE_DRIFT', 3],
    ['STRUCTURE_LOCK_TIMEOUT', 4],
    ['STRUCTURE_STEP_FAILED', 1],
    ['STRUCTURE_OPTION', 2],
    ['SEED_FAILED', 1],
    ['DRIVER_MISSING', 4],
    ['DATABASE_UNREACHABLE', 4],
    ['DATABASE_FAILED', 1],
    ['MODEL_DECLARATION', 2],
    ['SETTINGS_INVALID', 2],
    ['MIGRATION_EDITED', 3],
    ['MIGRATION_CONFLICT', 3],
    ['MIGRATION_UNVERIFIED', 3],
    ['MIGRATION_STEP_FAILED', 1],
    ['MIGRATION_TARGET', 2],
    ['BACKUP_TOOL_MISSING', 4],
    ['BACKUP_FAILED', 1],
    ['BACKUP_FILE', 3],
    ['RESTORE_FAILED', 1],
    ['RESTORE_DIFFERS', 3],
    ['MOVE_TARGET_NOT_EMPTY', 3],
    ['MOVE_OPTION', 2],
    ['CLI_UNSOUND', 3],
  ]
  test.each(table)('%s is %i', (code, expected) => {
    const { definition } = errors[code as keyof typeof errors]
    const { [code]: factory } = defineErrors({ [code]: definition })
    expect(exitCodeOf((factory as (details: object) => Error)({ values: definition.values }))).toBe(expected)
  })
})
