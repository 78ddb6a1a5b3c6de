import { describe, expect, test } from 'vitest'
import { startApp } from '../../src/app/index.ts'
import { DriverError } from '../../src/database/index.ts'
import { errors } from '../../src/errors/index.ts'
import { appDatabase, caller, dependency, route } from '../../src/http/index.ts'
import type { Needs } from '../../src/http/index.ts'
import { ShelfFoods } from '../shelf/shelf-app.ts'
import { answer, appOf, openedClients, using } from '../support/dependency-routes.ts'

const clientOf = openedClients()

describe('dependencies finish', () => {
  const endings = async (how: 'well' | 'badly') => {
    const seen: string[] = []
    const [finished, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const first = dependency('first', {
      make: ({ onFinish }) => onFinish(() => (seen.push('first'), finished.resolve())),
    })
    const second = dependency('second', {
      needs: { first, foods: ShelfFoods },
      make: ({ onFinish }) => {
        onFinish(() => Promise.reject(new Error('logged')))
        // Were the answer to wait for this, neither would ever come.
        onFinish(async () => {
          await answered.promise
          seen.push('second')
        })
      },
    })
    const ending = route('POST /end', {
      summary: 'Ends',
      responses: { 204: null },
      use: { second },
      handler: () => {
        seen.push('handler')
        if (how === 'badly') throw new Error('rolled back')
      },
    })
    const client = await clientOf(appOf(ending))
    const { status } = await client.post('/end')
    seen.push(`answered ${status}`)
    answered.resolve()
    await finished.promise
    return seen
  }

  test('after the answer, the last one first, after a commit and after a rollback alike, whatever one of them throws', async () => {
    expect(await endings('well')).toEqual(['handler', 'answered 204', 'second', 'first'])
    expect(await endings('badly')).toEqual(['handler', 'answered 500', 'second', 'first'])
  })

  test('what is left to do may open a unit of work of its own', async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>()
    const audit = dependency('audit', {
      needs: { db: appDatabase, caller },
      make: ({ db, onFinish }) =>
        onFinish(async () => {
          const scope = { kind: 'actor', actor: {}, roles: [] } as const
          resolve(await db.session(scope, (session) => session.use(ShelfFoods).create({ name: 'Audited' })))
        }),
    })
    const client = await clientOf(appOf(using({ audit })))
    expect((await client.post('/use')).status).toBe(200)
    expect(await promise).toMatchObject({ name: 'Audited' })
  })

  test('of a unit that runs again: what each run has made', async () => {
    const seen: string[] = []
    let runs = 0
    const facts = {
      kind: 'deadlock',
      retryable: true,
      endsSession: true,
      table: null,
      constraint: null,
      columns: null,
    } as const
    const deadlock = new DriverError('deadlock', facts, new Error('brought about by the test'))
    const counted = dependency('counted', { make: ({ onFinish }) => onFinish(() => seen.push(`run ${runs}`)) })
    const busy = route('POST /busy', {
      summary: 'Busy once',
      responses: { 200: answer },
      repeatable: true,
      use: { counted },
      handler: () => {
        runs += 1
        if (runs === 1) throw errors.DATABASE_BUSY({ values: { reason: 'deadlock' }, cause: deadlock })
        return { text: 'done' }
      },
    })
    const client = await clientOf(appOf(busy))
    expect((await client.post('/busy')).json).toEqual({ text: 'done' })
    await expect.poll(() => seen).toEqual(['run 2', 'run 2'])
  })

  test('for the app: when it stops, after what requests have left, in reverse; what fails is logged', async () => {
    const [seen, lines] = [[] as string[], [] as string[]]
    const noted = (name: string, needs: Needs = {}) =>
      dependency(name, { lifetime: 'app', needs, make: ({ onFinish }) => onFinish(() => void seen.push(name)) })
    const pool = noted('pool')
    const mailer = noted('mailer', { pool })
    const letter = dependency('letter', {
      needs: { mailer },
      make: ({ onFinish }) =>
        onFinish(async () => {
          await new Promise((resolve) => setTimeout(resolve, 30))
          seen.push('letter')
          throw new Error('the post office is closed')
        }),
    })
    const running = await startApp(appOf(using({ letter })), {
      databaseUrl: 'sqlite::memory:',
      host: '127.0.0.1',
      port: 0,
      metrics: false,
      logTo: { write: (line) => void lines.push(line) },
    })
    expect((await fetch(`${running.url}/use`, { method: 'POST' })).status).toBe(200)
    await running.stop()
    expect(seen).toEqual(['letter', 'mailer', 'pool'])
    const failures = lines.filter((line) => line.includes('the post office is closed'))
    expect(failures.map((line) => (JSON.parse(line) as { dependency: string }).dependency)).toEqual(['letter'])
  })

  test('one that cannot be made keeps the app from starting, and finishes those that were', async () => {
    const seen: string[] = []
    const pool = dependency('pool', {
      lifetime: 'app',
      make: ({ onFinish }) => onFinish(() => void seen.push('pool closed')),
    })
    const mailer = dependency('mailer', {
      lifetime: 'app',
      needs: { pool },
      make: () => Promise.reject(new Error('no such host')),
    })
    const address = { databaseUrl: 'sqlite::memory:', host: '127.0.0.1', port: 0, log: 'silent' } as const
    await expect(startApp(appOf(using({ mailer })), address)).rejects.toMatchObject({
      code: 'DEPENDENCY_FAILED',
      message: 'The dependency mailer could not be made: no such host',
    })
    expect(seen).toEqual(['pool closed'])
  })
})
