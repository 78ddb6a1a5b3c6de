import { expect, test } from 'vitest'
import { jwtTokens, limitAttempts, refreshTokenColumns, UserAccess, userCredentials } from '../auth/index.ts'
import { port, settings, text, url } from '../config/index.ts'
import { group, plain, publicAccess, resource, route } from '../http/index.ts'
import type { RouteTree } from '../http/index.ts'
import { actor, graph, model, owner, text as textColumn, uuid } from '../model/index.ts'
import { databaseRates, memoryRates, rateCounts } from '../rate/index.ts'
import type { RateStore } from '../rate/index.ts'
import { CrudService } from '../service/index.ts'
import { shelfApp } from '../../test/shelf/shelf-app.ts'
import { bannerOf } from './banner.ts'
import { createApp } from './create-app.ts'
import { exitCodeOf, failureLine } from './failure-line.ts'
import { greetingOf } from './greeting-of.ts'
import type { RunningApp } from './start-app.ts'
import { errors } from '../errors/index.ts'
import { readStartSettings } from './start-settings.ts'
import { shownUrl } from '../connect/index.ts'

const Note = model('notes', { id: uuid().primaryKey(), title: textColumn().length(1, 50) })
const models = graph({ Note })
const elsewhere = graph({ Note })
const open = publicAccess('a test')
const facts = { title: 'Notes', version: '1.0.0', models }

test('an app is a frozen value whose style is the envelope unless said otherwise', () => {
  const app = createApp({ ...facts, routes: [] })
  expect(Object.isFrozen(app)).toBe(true)
  expect(app.responses.name).toBe('envelope')
  expect(createApp({ ...facts, responses: plain, routes: [] }).responses).toBe(plain)
  expect(Object.isFrozen(shelfApp().routes)).toBe(true)
})

test('every problem of the declarations is named at once', () => {
  const hello = route('GET /hello', { summary: 'Hello', responses: { 204: null }, handler: () => undefined })
  const foreign = resource(CrudService(elsewhere.Note), { path: '/notes', only: ['get'] })
  const declare = () => createApp({ ...facts, routes: [hello, group({ auth: open }, [foreign, hello])] })
  expect(declare).toThrow(expect.objectContaining({ code: 'APP_DECLARATION', kind: 'declaration' }))
  expect(declare).toThrow(/GET \/hello: nobody is said to be allowed to call it/)
  expect(declare).toThrow(/GET \/hello: it is declared twice/)
  expect(declare).toThrow(/GET \/notes\/:id: the model Note is not one of the app's/)
})

test('counts are kept in rows of the app’s own', () => {
  const User = model(
    'users',
    {
      id: uuid().primaryKey(),
      email: textColumn().length(3, 255).email().ignoreCase().unique({ global: true }),
      ...userCredentials(),
    },
    { access: actor() },
  )
  const counted = () =>
    graph({ User, RefreshToken: model('refresh_tokens', refreshTokenColumns(User)), RateCount: rateCounts() })
  const own = counted()
  const other = counted()
  const declare = (rateStore: RateStore, attemptsStore: RateStore) => {
    const tokens = jwtTokens({ issuer: 'a', audience: 'a', keys: () => [] })
    const attempts = limitAttempts({ store: attemptsStore })
    class Users extends UserAccess(own.User, { refreshTokens: own.RefreshToken, tokens, attempts }) {}
    const login = route('POST /login', {
      summary: 'Login',
      use: { users: Users },
      responses: { 204: null },
      handler: () => undefined,
    })
    return createApp({ ...facts, models: own, rateStore, routes: [group({ auth: open }, [login])] })
  }
  const [ours, theirs] = [databaseRates(own.RateCount), databaseRates(other.RateCount)]
  expect(() => declare(ours, ours)).not.toThrow()
  expect(() => declare(memoryRates(), memoryRates())).not.toThrow()
  expect(() => declare(theirs, ours)).toThrow(
    /rateStore: it counts in the model RateCount, which is not one of the app's/,
  )
  expect(() => declare(ours, theirs)).toThrow(
    /the attempts of Users: it counts in the model RateCount, which is not one/,
  )
  expect(() => declare(theirs, theirs)).toThrow(expect.objectContaining({ code: 'APP_DECLARATION' }))
})

test('rows that belong to somebody are not behind a public route', () => {
  const Owner = model('owners', { id: uuid().primaryKey() }, { access: actor() })
  const Post = model('posts', { id: uuid().primaryKey(), ownerId: owner(Owner, { read: 'everyone' }) })
  const Draft = model('drafts', { id: uuid().primaryKey(), ownerId: owner(Owner) })
  const owned = graph({ Owner, Post, Draft })
  const declare =
    (...routes: RouteTree[]) =>
    () =>
      createApp({ ...facts, models: owned, routes: [group({ auth: open }, routes)] })
  expect(declare(resource(CrudService(owned.Draft), { path: '/drafts', only: ['list'] }))).toThrow(
    /GET \/drafts: anybody may call it, but a Draft belongs to its owner/,
  )
  expect(declare(resource(CrudService(owned.Post), { path: '/posts', only: ['create'] }))).toThrow(
    /POST \/posts: anybody/,
  )
  expect(declare(resource(CrudService(owned.Post), { path: '/posts', only: ['list', 'get'] }))).not.toThrow()
})

test('D9: the address comes from what is given, then from the settings of the app', () => {
  const declared = settings({
    DATABASE_URL: url().default('sqlite:notes.db'),
    HOST: text().default('127.0.0.1'),
    PORT: port().default(9999),
  })
  const app = createApp({ ...facts, settings: declared, routes: [] })
  expect(readStartSettings(app, { port: 0 })).toMatchObject({
    databaseUrl: 'sqlite:notes.db',
    host: '127.0.0.1',
    port: 0,
    debug: false,
  })
  const bare = createApp({ ...facts, routes: [] })
  expect(() => readStartSettings(bare, { host: 'localhost', port: 1 })).toThrow(/there is no databaseUrl/)
})

test.each([
  ['sqlite:notes.db', 'sqlite:notes.db'],
  ['sqlite::memory:', 'sqlite::memory:'],
  ['postgres://app@localhost/app', 'postgres://app@localhost/app'],
  ['postgres://app:s3cr:t@localhost:5432/app?password=x', 'postgres://app@localhost:5432/app'],
  ['postgres://app:p/w@localhost/app', 'postgres://app@localhost/app'],
  ['mysql://:secret@localhost/app', 'mysql://@localhost/app'],
])('%s is shown without its password', (given, shown) => {
  expect(shownUrl(given)).toBe(shown)
})

test('the banner names the app, its database and where it answers', () => {
  const banner = bannerOf(shelfApp(), {
    url: 'http://localhost:9999',
    docsUrl: 'http://localhost:9999/docs',
    database: 'sqlite:shelf.db',
    structure: 'schema in sync (created 3 tables, 14 ms)',
    greeting: ['try:     curl …'],
  })
  expect(banner.split('\n')).toEqual([
    '',
    '  terrace  ·  Shelf 1.0.0  ·  sqlite:shelf.db  ·  schema in sync (created 3 tables, 14 ms)',
    '  API      http://localhost:9999/v1',
    '  Docs     http://localhost:9999/docs',
    '  Health   http://localhost:9999/healthz',
    '  try:     curl …',
    '',
  ])
})

test('what stands against starting is one line; a refused structure has its own exit code', () => {
  const unreachable = errors.DATABASE_UNREACHABLE({
    values: { url: 'postgres://app@db/app', reason: 'connection refused', remedy: 'Start the database' },
  })
  expect(failureLine(unreachable)).toBe(
    'terrace: cannot start: The database postgres://app@db/app cannot be opened: connection refused. Start the database.',
  )
  const refused = errors.STRUCTURE_DRIFT({ values: { count: 1, list: '- table notes' } })
  const late = errors.STRUCTURE_LOCK_TIMEOUT({ values: { seconds: 60 } })
  expect([refused, late, unreachable, new Error('x')].map(exitCodeOf)).toEqual([3, 1, 1, 1])
})

test('a greeting that fails is logged and ends nothing', async () => {
  const warned: unknown[] = []
  const running = { log: { warn: (said: unknown) => warned.push(said) } } as unknown as RunningApp
  expect(await greetingOf(running, () => ['try: curl'])).toEqual(['try: curl'])
  expect(await greetingOf(running, () => Promise.reject(new Error('no database')))).toEqual([])
  expect(warned).toEqual([{ err: new Error('no database') }])
})
