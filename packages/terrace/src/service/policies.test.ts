import { afterAll, beforeAll, expect, test } from 'vitest'
import { Dao } from '../dao/index.ts'
import { actingAs, everyone, unscoped } from '../database/index.ts'
import type { Database, Scope, Session } from '../database/index.ts'
import type { Patch } from '../dto/index.ts'
import { defineErrors, PermissionError } from '../errors/index.ts'
import { actor, boolean, graph, identity, model, owner, shared, softDelete, text } from '../model/index.ts'
import { testDatabase } from '../testing/index.ts'
import { CrudService } from './crud-service.ts'

const User = model('users', { id: identity(), name: text().length(1, 20) }, { access: actor() })
const Page = model('pages', {
  id: identity(),
  userId: owner(User, { read: 'everyone' }),
  title: text().length(1, 20),
  isLocked: boolean().default(false),
  ...softDelete(),
})
const Notice = model('notices', { id: identity(), words: text() }, { access: shared({ write: 'everyone' }) })
const models = graph({ User, Page, Notice })

const { PAGE_LOCKED, TITLE_TAKEN } = defineErrors({
  PAGE_LOCKED: { kind: 'permission', en: 'Locked', zh: '已锁定', remedy: 'Unlock it', values: {} },
  TITLE_TAKEN: { kind: 'conflict', en: 'Taken', zh: '已被占用', remedy: 'Choose another', values: {} },
})

const asked: object[] = []

class PageService extends CrudService(models.Page, {
  policies: {
    create: ({ data, roles }) => data.title !== 'reserved' || roles.includes('editor'),
    update: async ({ row, data, actor: by }) => {
      asked.push({ title: row.title, data, by })
      if (row.isLocked && data.isLocked !== false) throw PAGE_LOCKED()
      return row.userId === by['User']
    },
    delete: ({ row, roles }) => !row.isLocked || roles.includes('editor'),
    restore: ({ row, actor: by }) => row.deletedAt !== null && row.userId === by['User'],
  },
}) {
  override async update(id: number, data: Patch<typeof models.Page>) {
    const stored = await this.permitted('update', id, data)
    if (data.title === 'taken' && stored.title !== 'taken') throw TITLE_TAKEN()
    return super.update(id, data)
  }
}

/** Whom its own rows let: who else has one of the same words. */
class NoticeService extends CrudService(models.Notice, {
  policies: {
    create: async ({ session, data }) => !(await session.use(Dao(models.Notice)).exists({ words: data.words })),
    // @ts-expect-error a policy answers with true or false, and a text would be neither
    delete: () => 'yes',
  },
}) {}
class FreeService extends CrudService(models.Notice) {}

let database: Database
let statements = 0
const [ada, bob]: Scope[] = [actingAs(models.User, 1), actingAs(models.User, 2)]
const editor = actingAs(models.User, 1, { roles: ['editor'] })

beforeAll(async () => {
  database = await testDatabase({ models, observer: { statement: () => void (statements += 1) } })
  await database.session(unscoped('users'), (session) =>
    session.use(Dao(models.User)).createMany([{ name: 'Ada' }, { name: 'Bob' }]),
  )
})
afterAll(() => database.close())

const as = <R>(scope: Scope | undefined, work: (pages: PageService) => Promise<R>): Promise<R> =>
  database.session(scope as Scope, (session) => work(session.use(PageService)))
const created = (title = 'A page', scope = ada): Promise<number> =>
  as(scope, async (pages) => (await pages.create({ title })).id)
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'allowed',
    ({ code }: { readonly code: string }) => code,
  )

test('a policy sees the stored row, what is sent and who asks, and lets the change pass', async () => {
  const id = await created('First')
  asked.length = 0
  expect(await as(ada, (pages) => pages.update(id, { title: 'Second' }))).toMatchObject({ title: 'Second' })
  expect(asked[0]).toEqual({ title: 'First', data: { title: 'Second' }, by: { User: 1 } })
})

test('what it does not allow is FORBIDDEN, or its own refusal, and nothing is changed', async () => {
  const id = await created('Mine')
  const refused = as(bob, (pages) => pages.update(id, { title: 'His' }))
  await expect(refused).rejects.toBeInstanceOf(PermissionError)
  await expect(refused).rejects.toMatchObject({ code: 'FORBIDDEN', message: 'Page may not be changed by this actor' })
  await as(ada, (pages) => pages.update(id, { isLocked: true }))
  expect(await codeOf(as(ada, (pages) => pages.update(id, { title: 'Other' })))).toBe('PAGE_LOCKED')
  expect(await codeOf(as(ada, (pages) => pages.delete(id)))).toBe('FORBIDDEN')
  expect(await as(ada, (pages) => pages.get(id))).toMatchObject({ title: 'Mine' })
  expect(await codeOf(as(editor, (pages) => pages.delete(id)))).toBe('allowed')
})

test('a row that is not there is NOT_FOUND before any policy is asked', async () => {
  asked.length = 0
  const works: ((pages: PageService) => Promise<unknown>)[] = [
    (pages) => pages.update(404, {}),
    (pages) => pages.delete(404),
    (pages) => pages.restore(404),
  ]
  for (const work of works) expect(await codeOf(as(bob, work))).toBe('NOT_FOUND')
  expect(asked).toEqual([])
})

test('a policy is asked before the rules of an override, which tell nothing to whom it refuses', async () => {
  const id = await created()
  expect(await codeOf(as(bob, (pages) => pages.update(id, { title: 'taken' })))).toBe('FORBIDDEN')
  expect(await codeOf(as(ada, (pages) => pages.update(id, { title: 'taken' })))).toBe('TITLE_TAKEN')
})

test('what is new is judged by what is sent', async () => {
  expect(await codeOf(created('reserved'))).toBe('FORBIDDEN')
  expect(await codeOf(created('reserved', editor))).toBe('allowed')
})

test('a restore is judged by the row in the trash', async () => {
  const id = await created()
  expect(await codeOf(as(ada, (pages) => pages.restore(id)))).toBe('FORBIDDEN')
  await as(ada, (pages) => pages.delete(id))
  expect(await codeOf(as(bob, (pages) => pages.restore(id)))).not.toBe('allowed')
  expect(await codeOf(as(ada, (pages) => pages.restore(id)))).toBe('allowed')
})

test('a session without scope is asked nothing', async () => {
  const id = await created()
  await as(ada, (pages) => pages.update(id, { isLocked: true }))
  expect(await codeOf(as(unscoped('repair'), (pages) => pages.delete(id)))).toBe('allowed')
})

test('a policy may look things up in the session that asks, and anything but true refuses', async () => {
  const notices = <R>(work: (service: NoticeService, session: Session) => Promise<R>): Promise<R> =>
    database.session(everyone, (session) => work(session.use(NoticeService), session))
  const { id } = await notices((service) => service.create({ words: 'once' }))
  expect(await codeOf(notices((service) => service.create({ words: 'once' })))).toBe('FORBIDDEN')
  expect(await codeOf(notices((service) => service.delete(id)))).toBe('FORBIDDEN')
})

test('costs a statement only where a policy needs the stored row', async () => {
  const cost = async (work: (session: Session) => Promise<unknown>): Promise<number> => {
    await database.session(ada as Scope, work)
    const before = statements
    await database.session(ada as Scope, work)
    return statements - before
  }
  const [page, notice] = [
    await created(),
    await database.session(everyone, (s) => s.use(FreeService).create({ words: 'x' })),
  ]
  const free = await cost((session) => session.use(FreeService).update(notice.id, { words: 'y' }))
  class Guarded extends CrudService(models.Page, { policies: { update: () => true } }) {}
  const guarded = await cost((session) => session.use(Guarded).update(page, { title: 'y' }))
  class Unguarded extends CrudService(models.Page) {}
  expect(guarded - (await cost((session) => session.use(Unguarded).update(page, { title: 'z' })))).toBe(1)
  expect(free).toBe(await cost((session) => session.use(Dao(models.Notice)).update(notice.id, { words: 'z' })))
})

test('the class says what it guards, and refuses a policy that nothing would ask', () => {
  expect(PageService.guarded).toEqual(['create', 'update', 'delete', 'restore'])
  expect(FreeService.guarded).toEqual([])
  const wrong = { remove: () => false } as object
  expect(() => CrudService(models.Page, { policies: wrong })).toThrow('policies.remove guards no operation')
  const typo = { update: true } as unknown as object
  const problem = 'CrudService(Page): policies.update is no function'
  expect(() => CrudService(models.Page, { policies: typo })).toThrow(
    expect.objectContaining({ code: 'SERVICE_DECLARATION', message: problem }),
  )
})
