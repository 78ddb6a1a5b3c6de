import type { Kysely } from 'kysely'
import { afterEach, describe, expect, test } from 'vitest'
import { describeEngines } from '../../test/support/describe-engines.ts'
import { executorOf } from '../database/index.ts'
import { decimal, graph, model, text, uuid, type BoundModel } from '../model/index.ts'
import { openDatabase, unscoped, type Database, type OpenDatabaseOptions, type SyncReport } from './index.ts'

const Note = model(
  'notes',
  { id: uuid().primaryKey(), title: text().length(1, 50) },
  { seeds: [{ title: 'from the seeds' }] },
)
const models = graph({ Note })
const script = unscoped('test')

const opened: Database[] = []
afterEach(async () => {
  for (const db of opened.splice(0)) await db.close()
})

async function open(url: string, options: Partial<OpenDatabaseOptions> = {}): Promise<Database> {
  const db = await openDatabase(url, { models, ...options })
  opened.push(db)
  return db
}

interface Notes {
  readonly notes: { readonly id: string; readonly title: string }
}

function titles(db: Database): Promise<readonly unknown[]> {
  return db.session(script, (session) => {
    const query = executorOf(session).queryBuilder() as unknown as Kysely<Notes>
    return query.selectFrom('notes').select('title').execute()
  })
}

describeEngines('openDatabase', (engine) => {
  test('A5, A7, E2: opens an empty database with the structure and the seeds of its models, until it is closed', async () => {
    const { url } = await engine.fresh()
    const created: string[] = []
    const structureObserver = { done: ({ created: { tables } }: SyncReport) => created.push(...tables) }
    const db = await openDatabase(url, { models, structureObserver })
    expect(created).toEqual(['notes'])
    expect(await titles(db)).toEqual([{ title: 'from the seeds' }])
    await expect(db.ping()).resolves.toBeUndefined()
    await db.close()
    await expect(titles(db)).rejects.toMatchObject({ code: 'DATABASE_CLOSED' })
  })
})

// The same code for all engines: those that open quickly show it.
describeEngines(
  'the structure on opening',
  (engine) => {
    test('A11: is left alone where it is told to', async () => {
      const { url } = await engine.fresh()
      const db = await open(url, { structure: 'off' })
      await expect(titles(db)).rejects.toMatchObject({ code: 'DATABASE_FAILED', values: { reason: 'missingObject' } })
    })

    test('A8: that differs is refused where it may only be checked, and what was opened is closed', async () => {
      const { url } = await engine.fresh()
      await expect(open(url, { structure: 'check' })).rejects.toMatchObject({ code: 'STRUCTURE_DRIFT' })
    })
  },
  ['sqliteFile', 'postgres', 'mysql'],
)

describe('a URL', () => {
  const refused: readonly (readonly [string, unknown, string])[] = [
    ['without a scheme', 'countonme.db', 'does not begin with a scheme'],
    ['that is missing', undefined, 'there is none'],
    ['that is empty', ' ', 'there is none'],
    ['of an unknown scheme', 'oracle://app:hunter2@db/app', 'the scheme "oracle:" is unknown'],
    ['of a scheme that is a built-in name', 'constructor:x', 'the scheme "constructor:" is unknown'],
  ]
  test.each(refused)('%s is refused', async (_, url, problem) => {
    const error = await open(url as string).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'DATABASE_URL', message: expect.stringContaining(problem) })
    expect(JSON.stringify(error)).not.toContain('hunter2')
  })

  test('without a scheme is answered with examples', async () => {
    await expect(open('countonme.db')).rejects.toMatchObject({
      remedy: 'Write a URL such as sqlite:app.db or postgres://user@host/database',
    })
  })

  test('of a misspelt scheme is answered with the nearest', async () => {
    await expect(open('postgress://app:hunter2@db/app')).rejects.toMatchObject({ remedy: 'Did you mean "postgres:"?' })
  })

  test('of a server that is not there says so without the password', async () => {
    const error = await open('postgres://app:hunter2@127.0.0.1:1/app').catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'DATABASE_UNREACHABLE', message: expect.stringContaining('127.0.0.1:1') })
    expect(String(error) + JSON.stringify(error)).not.toContain('hunter2')
  })
})

describe('models', () => {
  test('that an engine cannot hold are refused, all at once, before anything is opened', async () => {
    const Price = model('prices', { id: uuid().primaryKey(), net: decimal(30, 2), gross: decimal(40, 2) })
    const error = await open('sqlite:/no/such/folder/x.db', { models: graph({ Price }) }).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).toMatchObject({ code: 'DIALECT_UNSUPPORTED' })
    expect(String(error)).toMatch(/Price\.net: .*Price\.gross: /)
  })

  test('that no graph has bound are refused', async () => {
    const unbound = { Note } as unknown as Readonly<Record<string, BoundModel>>
    await expect(open('sqlite::memory:', { models: unbound })).rejects.toMatchObject({ code: 'MODEL_DECLARATION' })
    await expect(open('sqlite::memory:', { models: {} })).rejects.toMatchObject({ code: 'MODEL_DECLARATION' })
  })
})
