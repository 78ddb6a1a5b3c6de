import { Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/connect/index.ts'
import { Dao } from '../../src/dao/index.ts'
import { actingAs, unscoped } from '../../src/database/index.ts'
import type { Database } from '../../src/database/index.ts'
import { list, read, shape } from '../../src/dto/index.ts'
import { content, envelope, reply, resource, route } from '../../src/http/index.ts'
import { text, uuid } from '../../src/model/index.ts'
import { CrudService } from '../../src/service/index.ts'
import { testClient } from '../../src/testing/index.ts'
import type { TestClient, TestResponse } from '../../src/testing/index.ts'
import { describeEngines, type EngineUnderTest } from '../support/describe-engines.ts'
import { appOf, as, notes, NoteService, NoticeService, PlainService, RemarkService, strictNotes } from './app.ts'
import { models } from './models.ts'

const missing = '0198c0de-0000-7000-8000-000000000000'
const ann = as('ann')
const bob = as('bob')

const versioned = appOf([
  notes,
  resource(RemarkService, { path: '/remarks' }),
  resource(NoticeService, { path: '/notices' }),
  resource(PlainService, { path: '/plains' }),
])

async function people(database: Database): Promise<void> {
  await database.session(unscoped('test'), (session) =>
    session.use(Dao(models.Person)).createMany([{ id: 'ann' }, { id: 'bob' }]),
  )
}

const etagOf = ({ headers }: TestResponse): string => headers['etag'] ?? ''

describeEngines('X4: tags and preconditions', tagsOn, ['sqliteFile', 'postgres', 'mysql'])

function tagsOn(engine: EngineUnderTest): void {
  let database: Database
  let client: TestClient
  let strict: TestClient
  let id: string
  let path: string
  let etag: string
  beforeAll(async () => {
    database = await openDatabase((await engine.fresh()).url, { models })
    await people(database)
    client = await testClient(versioned, { database })
    strict = await testClient(appOf([strictNotes]), { database })
  })
  beforeEach(async () => {
    const created = await client.post('/notes', { title: 'first' }, ann)
    id = (created.json as { id: string }).id
    path = `/notes/${id}`
    etag = etagOf(created)
  })
  afterAll(async () => {
    await client.close()
    await strict.close()
    await database.close()
  })
  const versionNow = async () =>
    (await database.session(actingAs(models.Person, 'ann'), (session) => session.use(NoteService).get(id))).version

  test('a row is tagged by its version and its bytes, the same by each answer that shows it', async () => {
    const seen = await client.get(path, ann)
    expect(etag).toMatch(/^"1\.[\w-]{22}"$/)
    expect(etagOf(seen)).toBe(etag)
    expect(seen.headers['cache-control']).toBe('private, no-cache')
    const patched = await client.patch(path, { stars: 1 }, ann)
    expect(etagOf(patched)).toMatch(/^"2\./)
    expect(etagOf(await client.get(path, ann))).toBe(etagOf(patched))
    const put = await client.put(path, { stars: 2 }, ann)
    expect(etagOf(put)).toMatch(/^"3\./)
    expect((await client.delete(path, ann)).headers['etag']).toBeUndefined()
    const restored = await client.post(`${path}/restore`, undefined, ann)
    expect(etagOf(restored)).toMatch(/^"5\./)
    expect(etagOf(await client.get(path, ann))).toBe(etagOf(restored))
  })

  test('what shows other parts of the row has another tag, by which the row is changed all the same', async () => {
    const [some, included] = [
      await client.get(`${path}?fields=id,title`, ann),
      await client.get(`${path}?include=remarks`, ann),
    ]
    expect(new Set([etag, etagOf(some), etagOf(included)]).size).toBe(3)
    await client.post('/remarks', { noteId: id, words: 'good' }, ann)
    const after = await client.get(`${path}?include=remarks`, { ...ann, 'if-none-match': etagOf(included) })
    expect(after.status).toBe(200)
    expect((await client.patch(path, { stars: 1 }, { ...ann, 'if-match': etagOf(some) })).status).toBe(200)
  })

  test('if-none-match: 304 without a body for what is known, by weak comparison, in lists of tags and by *', async () => {
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, `,, "a" ,\t${etag} ,`, '*']) {
      const answer = await client.get(path, { ...ann, 'if-none-match': known })
      expect([answer.status, answer.text, etagOf(answer)]).toEqual([304, '', etag])
      expect(answer.headers['cache-control']).toBe('private, no-cache')
      expect(answer.headers['content-type']).toBeUndefined()
      expect(answer.headers['x-request-id']).toBeDefined()
    }
    expect((await client.request('HEAD', path, { headers: { ...ann, 'if-none-match': etag } })).status).toBe(304)
    expect((await client.get(path, { ...ann, 'if-none-match': '"1"' })).status).toBe(200)
    await client.patch(path, { stars: 1 }, ann)
    expect((await client.get(path, { ...ann, 'if-none-match': etag })).status).toBe(200)
    expect((await client.get(path, { ...bob, 'if-none-match': '*' })).status).toBe(404)
    expect((await client.get(`/notes/${missing}`, { ...ann, 'if-none-match': '*' })).status).toBe(404)
  })

  test('lists are tagged weakly by what they show, their totals and neighbours included', async () => {
    const url = `/notes?limit=1&title=first`
    const one = await client.get(url, ann)
    expect(etagOf(one)).toMatch(/^W\/"[\w-]{22}"$/)
    expect((await client.get(url, { ...ann, 'if-none-match': etagOf(one) })).status).toBe(304)
    await client.post('/notes', { title: 'first' }, ann)
    const other = await client.get(url, { ...ann, 'if-none-match': etagOf(one) })
    expect([other.status, other.text === one.text]).toEqual([200, true])
  })

  test('B14: if-match changes the state that was read and no other', async () => {
    const stale = { ...ann, 'if-match': etag }
    expect((await client.patch(path, { stars: 1 }, stale)).status).toBe(200)
    const refused = [
      await client.patch(path, { stars: 2 }, stale),
      await client.patch(path, {}, stale),
      await client.put(path, { stars: 2 }, stale),
      await client.delete(path, stale),
      await client.post(`${path}/restore`, undefined, stale),
      await client.patch(path, { stars: 2 }, { ...ann, 'if-match': '"1", "3.x", "unknown"' }),
      await client.patch(path, { stars: 2 }, { ...ann, 'if-match': 'W/"2"' }),
      await client.patch(path, { stars: 2 }, { ...ann, 'if-none-match': '*' }),
      await client.patch(path, { stars: 2 }, { ...ann, 'if-none-match': 'W/"2"' }),
    ]
    for (const { status, json } of refused) {
      expect([status, (json as { code: string }).code]).toEqual([412, 'PRECONDITION_FAILED'])
    }
    expect(await versionNow()).toBe(2)
    const allowed = [
      await client.patch(path, { stars: 3 }, { ...ann, 'if-match': '"9", "2"' }),
      await client.patch(path, { stars: 4 }, { ...ann, 'if-match': '*' }),
      await client.patch(path, { stars: 5 }, { ...ann, 'if-none-match': '"1"' }),
      await client.delete(path, { ...ann, 'if-match': '"5"' }),
      await client.post(`${path}/restore`, undefined, { ...ann, 'if-match': '"6"' }),
    ]
    expect(allowed.map(({ status }) => status)).toEqual([200, 200, 200, 204, 200])
  })

  test('where it is required, a change without if-match is refused, and one with it is made', async () => {
    const attempts = [
      await strict.patch(path, { stars: 1 }, ann),
      await strict.put(path, { stars: 1 }, ann),
      await strict.delete(path, ann),
      await strict.post(`${path}/restore`, undefined, ann),
    ]
    for (const { status, json } of attempts)
      expect([status, (json as { code: string }).code]).toEqual([428, 'PRECONDITION_REQUIRED'])
    expect((await strict.get(path, ann)).status).toBe(200)
    expect((await strict.post('/notes', { title: 'no state yet' }, ann)).status).toBe(201)
    expect((await strict.patch(path, { stars: 1 }, { ...ann, 'if-match': etag })).status).toBe(200)
    expect((await strict.delete(path, { ...ann, 'if-match': '*' })).status).toBe(204)
    expect((await strict.post(`${path}/restore`, undefined, { ...ann, 'if-match': '*' })).status).toBe(200)
  })

  test("B15: a row that is missing or another owner's is 404, whatever the condition and its body", async () => {
    for (const headers of [{}, { 'if-match': etag }, { 'if-match': '"7"' }, { 'if-match': '*' }]) {
      const answers = [
        await strict.patch(path, { stars: 1 }, { ...bob, ...headers }),
        await strict.patch(`/notes/${missing}`, { stars: 1 }, { ...ann, ...headers }),
        await strict.put(path, { stars: 1 }, { ...bob, ...headers }),
        await strict.delete(path, { ...bob, ...headers }),
        await strict.post(`${path}/restore`, undefined, { ...bob, ...headers }),
      ]
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])
    }
  })

  test('what is wrong with the values is said before the state; what the rules say, after it', async () => {
    expect((await strict.patch(path, { stars: 9 }, ann)).status).toBe(422)
    const notice = { code: id.slice(0, 18), words: 'hello' }
    const made = await client.post('/notices', notice, ann)
    const noticePath = made.headers['location'] ?? ''
    // Seen by everyone, changed by its owner.
    expect((await client.patch(noticePath, { words: 'ha' }, { ...bob, 'if-match': '"9"' })).status).toBe(403)
    await client.post('/notices', { ...notice, code: 'taken' }, ann)
    expect((await client.patch(noticePath, { code: 'taken' }, { ...ann, 'if-match': '"9"' })).status).toBe(412)
    expect((await client.patch(noticePath, { code: 'taken' }, { ...ann, 'if-match': '"1"' })).status).toBe(409)
    await client.patch(noticePath, { words: 'final' }, ann)
    expect((await client.patch(noticePath, { words: 'ha' }, { ...ann, 'if-match': '"9"' })).status).toBe(403)
    await database.session(unscoped('test'), (session) =>
      session.use(Dao(models.Notice)).deleteWhere({ code: 'taken' }),
    )
  })

  test('a condition on rows without a version is refused: nothing could be held against it', async () => {
    const made = await client.post('/plains', { title: 'x' }, ann)
    const plainPath = made.headers['location'] ?? ''
    expect(made.headers['etag']).toBeUndefined()
    const seen = await client.get(plainPath, ann)
    expect(etagOf(seen)).toMatch(/^W\//)
    expect((await client.get(plainPath, { ...ann, 'if-none-match': etagOf(seen) })).status).toBe(304)
    for (const headers of [{ 'if-match': etagOf(seen) }, { 'if-match': '"1"' }, { 'if-none-match': '*' }]) {
      const { status, json } = await client.patch(plainPath, { title: 'y' }, { ...ann, ...headers })
      expect([status, (json as { code: string }).code]).toEqual([400, 'PRECONDITION_UNSUPPORTED'])
    }
    expect((await client.patch(plainPath, { title: 'y' }, { ...ann, 'if-match': '*' })).status).toBe(200)
  })

  test('20 changes with one tag at once: one is made, the others are 412', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) => client.patch(path, { title: `by ${at}` }, { ...ann, 'if-match': etag })),
    )
    const statuses = answers.map(({ status }) => status).toSorted((one, other) => one - other)
    expect(statuses).toEqual([200, ...Array.from({ length: 19 }, () => 412)])
    expect(await versionNow()).toBe(2)
  })
}

describe('preconditions', () => {
  let client: TestClient
  const draft = { text: 'hello', revision: 1 }
  const shown = shape({ text: text() })

  const getDraft = route('GET /draft', {
    summary: 'The draft',
    etag: true,
    responses: { 200: shown },
    handler: () => reply(200, { text: draft.text }, { ETag: `"r${draft.revision}"` }),
  })
  const changeDraft = route('PATCH /draft', {
    summary: 'Change the draft',
    body: shown,
    precondition: 'required',
    responses: { 200: shown },
    handler: ({ body, expected }) => {
      expected.match(`"r${draft.revision}"`)
      draft.text = body.text
      draft.revision += 1
      return reply(200, { text: draft.text }, { etag: `"r${draft.revision}"` })
    },
  })
  const greeting = route('GET /greeting', {
    summary: 'A greeting',
    etag: true,
    responses: { 200: shown },
    handler: ({ headers }) => ({ text: headers['accept-language'] ?? 'hello' }),
  })
  const crooked = route('GET /crooked', {
    summary: 'A tag that is none',
    etag: true,
    responses: { 200: shown },
    handler: () => reply(200, { text: 'x' }, { etag: 'no quotes' }),
  })
  const forgetful = route('PATCH /forgetful', {
    summary: 'Asks for nothing',
    precondition: 'optional',
    responses: { 204: null },
    handler: () => undefined,
  })
  const rename = route('PATCH /titles/:id', {
    summary: 'Rename a note',
    params: shape({ id: uuid() }),
    body: shape({ title: text() }),
    use: { notes: NoteService },
    precondition: 'optional',
    responses: { 200: read(models.Note) },
    handler: ({ params, body, use, expected }) => use.notes.update(params.id, body, { version: expected.version }),
  })
  const titles = route('GET /titles', {
    summary: 'All of them, not tagged',
    use: { notes: NoteService },
    responses: { 200: list(read(models.Note)) },
    handler: async ({ use }) => (await use.notes.list()).rows,
  })

  let isLetGo = false
  const told = { etag: '"told"' }
  const tell = route('POST /tell', {
    summary: 'Does something, and tags its answer',
    etag: true,
    responses: { 200: shown },
    handler: () => reply(200, { text: 'done' }, told),
  })
  const pieces = route('GET /pieces', {
    summary: 'Content that is made while it is sent',
    etag: true,
    responses: { 200: content('text/plain') },
    handler: () => {
      const source = Readable.from(['a', 'b'])
      source.on('close', () => void (isLetGo = true))
      return reply(200, source, told)
    },
  })

  class DroppingService extends CrudService(models.Notice) {
    override update(...[id, data]: Parameters<NoticeService['update']>) {
      return super.update(id, data)
    }
  }

  beforeAll(async () => {
    const dropping = resource(DroppingService, { path: '/dropping', only: ['get', 'create', 'patch'] })
    const routes = {
      getDraft,
      changeDraft,
      greeting,
      crooked,
      forgetful,
      rename,
      titles,
      tell,
      pieces,
      dropping,
      notes,
    }
    client = await testClient(appOf(routes, envelope), { log: 'silent' })
    await people(client.database)
  })
  afterAll(() => client.close())

  test('what is no list of tags is malformed, before anybody is asked who they are', async () => {
    const wrong = ['abc', '"a', 'a"', '"a" "b"', 'w/"a"', '"a", *', '', ',', '"a\u0001"', `${'"",,'.repeat(3_000)}x`]
    for (const value of wrong) {
      for (const header of ['if-match', 'if-none-match']) {
        const answer = await client.get('/greeting', { ...as('nobody'), [header]: value })
        expect([answer.status, (answer.json as { errorCode: string }).errorCode]).toEqual([
          400,
          'PRECONDITION_MALFORMED',
        ])
      }
    }
  })

  test('a route by hand gives tags of its own, is asked for them, and holds what is expected', async () => {
    const first = await client.get('/draft', ann)
    expect(etagOf(first)).toBe('"r1"')
    expect((await client.get('/draft', { ...ann, 'if-none-match': '"r1"' })).status).toBe(304)
    expect((await client.patch('/draft', { text: 'a' }, ann)).status).toBe(428)
    expect((await client.patch('/draft', { text: 'a' }, { ...ann, 'if-match': '"r0"' })).status).toBe(412)
    const changed = await client.patch('/draft', { text: 'a' }, { ...ann, 'if-match': '"r1"' })
    expect([changed.status, etagOf(changed)]).toEqual([200, '"r2"'])
  })

  test('a GET by hand that gives no tag is tagged by its bytes; one that does not ask for tags has none', async () => {
    const greetings = [
      await client.get('/greeting', ann),
      await client.get('/greeting', { ...ann, 'accept-language': 'zh' }),
    ]
    expect(greetings.map(etagOf).every((tag) => /^W\/"[\w-]{22}"$/.test(tag))).toBe(true)
    expect(etagOf(greetings[0] as TestResponse)).not.toBe(etagOf(greetings[1] as TestResponse))
    expect((await client.get('/titles', { ...ann, 'if-none-match': '*' })).status).toBe(200)
  })

  test('a route without tags looks at none, whatever is sent', async () => {
    expect((await client.get('/titles', { ...ann, 'if-none-match': 'no tag', 'if-match': '"1"' })).status).toBe(200)
  })

  test('only a GET is answered 304: what has done something says so', async () => {
    expect((await client.post('/tell', undefined, { ...ann, 'if-none-match': told.etag })).status).toBe(200)
  })

  test('content in pieces that is known already is not sent, and what it was read from is closed', async () => {
    const answer = await client.get('/pieces', { ...ann, 'if-none-match': told.etag })
    expect([answer.status, answer.text]).toEqual([304, ''])
    await expect.poll(() => isLetGo).toBe(true)
  })

  test('a route by hand passes what is expected on to a service', async () => {
    const { json } = await client.post('/notes', { title: 'x' }, ann)
    const { id } = (json as { data: { id: string } }).data
    expect((await client.patch(`/titles/${id}`, { title: 'y' }, { ...ann, 'if-match': '"2"' })).status).toBe(412)
    expect((await client.patch(`/titles/${id}`, { title: 'y' }, { ...ann, 'if-match': '"1"' })).status).toBe(200)
    expect((await client.patch(`/titles/${id}`, { title: 'z' }, ann)).status).toBe(200)
  })

  test('an expectation that nobody holds is a defect of the app, and nothing is changed', async () => {
    const { json } = await client.post('/dropping', { code: 'x', words: 'first' }, ann)
    const { id } = (json as { data: { id: string } }).data
    const dropped = await client.patch(`/dropping/${id}`, { words: 'second' }, { ...ann, 'if-match': '"1"' })
    expect(dropped.status).toBe(500)
    expect((await client.patch('/forgetful', undefined, { ...ann, 'if-match': '"1"' })).status).toBe(500)
    const call = { conditions: { ifMatch: ['"1"'], ifNoneMatch: null }, path: '/forgetful' } as never
    await expect(forgetful.handler(call)).rejects.toMatchObject({ code: 'PRECONDITION_DROPPED' })
    expect((await client.get(`/dropping/${id}`, ann)).json).toMatchObject({ data: { words: 'first', version: 1 } })
    expect((await client.patch(`/dropping/${id}`, { words: 'second' }, ann)).status).toBe(200)
    expect((await client.patch('/forgetful', undefined, ann)).status).toBe(200)
  })

  test('an etag that is none is a defect of the app', async () => {
    expect((await client.get('/crooked', ann)).status).toBe(500)
  })

  test('required is refused where rows have no version', () => {
    expect(() => resource(PlainService, { path: '/plains', precondition: 'required' })).toThrow(
      expect.objectContaining({
        code: 'APP_DECLARATION',
        message: expect.stringContaining('its rows have no version'),
      }),
    )
  })
})
