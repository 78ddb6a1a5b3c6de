import { afterAll, beforeAll, expect, test } from 'vitest'
import { DeviceAccess, OwnerMerge } from '../../src/auth/index.ts'
import { openDatabase } from '../../src/connect/index.ts'
import { Dao } from '../../src/dao/index.ts'
import { actingAs, unscoped } from '../../src/database/index.ts'
import type { Database, Session } from '../../src/database/index.ts'
import {
  actor,
  graph,
  identity,
  model,
  ownedThrough,
  owner,
  reference,
  shared,
  softDelete,
  text,
  timestamp,
  timestamps,
  uuid,
} from '../../src/model/index.ts'
import type { BoundModel, KeyOf } from '../../src/model/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { oneOfEachEngine } from '../support/one-of-each-engine.ts'

const User = model(
  'users',
  {
    id: identity(),
    email: text().length(3, 255).nullable(),
    invitedById: reference('users', { key: identity() }).nullable(),
  },
  { access: actor() },
)
const Device = model('devices', {
  id: text().length(1, 64).primaryKey(),
  userId: owner(User),
  tokenHash: text().length(64, 64).unique({ global: true }).hidden(),
  lastSeenAt: timestamp().nullable().readOnly(),
})
const Tag = model('tags', {
  id: uuid().primaryKey(),
  userId: owner(User),
  name: text().length(1, 40).ignoreCase().unique(),
  ...softDelete(),
})
const Note = model('notes', {
  id: uuid().primaryKey(),
  userId: owner(User),
  tagId: reference(Tag, { inverse: 'notes' }).nullable(),
  title: text().length(1, 40).unique(),
  ...timestamps(),
  ...softDelete(),
})
const Line = model(
  'lines',
  {
    id: uuid().primaryKey(),
    noteId: reference(Note, { inverse: 'lines', onDelete: 'cascade' }),
    text: text().length(1, 80),
    ...softDelete(),
  },
  { access: ownedThrough('noteId') },
)
const Login = model('logins', { id: uuid().primaryKey(), userId: owner(User, { onDelete: 'cascade' }) })
const Report = model(
  'reports',
  { id: uuid().primaryKey(), reporterId: reference(User, { onDelete: 'cascade' }), about: text().length(1, 40) },
  { access: shared({ write: 'everyone' }) },
)
const models = graph({ User, Device, Tag, Note, Line, Login, Report })
class DeviceService extends DeviceAccess(models.Device) {}

const rules = {
  User: 'move',
  Device: 'move',
  Tag: 'keepTarget',
  Note: 'move',
  Login: 'leave',
  Report: 'move',
} as const
class AccountMerge extends OwnerMerge(models.User, { models: rules, mayMerge: ({ email }) => email === null }) {}
class KeepMine extends OwnerMerge(models.User, { models: { ...rules, Note: 'keepSource' }, source: 'keep' }) {}

describeEngines(
  'merge of owners',
  (engine) => {
    let db: Database
    beforeAll(async () => {
      db = await openDatabase((await engine.fresh()).url, { models })
    }, 120_000)
    afterAll(() => db.close())

    const outside = <R>(work: (session: Session) => Promise<R>): Promise<R> => db.session(unscoped('a test'), work)
    const merged = (Merge: typeof AccountMerge | typeof KeepMine, from: number, into: number) =>
      outside((session) => session.use(Merge).merge({ from, into }))

    /** Everything that one user has, as text, and whatever stands below it. */
    async function contentsOf(userId: number): Promise<string> {
      return db.session(actingAs(models.User, userId), async (session) => {
        const all = []
        for (const each of [models.Device, models.Tag, models.Note, models.Line, models.Login] as readonly BoundModel[])
          all.push((await session.use(Dao(each)).list({ deleted: 'with' })).rows)
        return JSON.stringify(all)
      })
    }

    let named = 0
    async function account(email: string | null) {
      const device = `device-${(named += 1)}`
      return outside(async (session) => {
        const { id } = await session.use(Dao(models.User)).create({ email })
        const { token } = await session.use(DeviceService).register(device, { userId: id })
        await session.use(Dao(models.Login)).create({ userId: id })
        const tag = async (name: string) => session.use(Dao(models.Tag)).create({ userId: id, name })
        return { id, token, device, tag }
      })
    }
    const addTag = (userId: number, name: string) =>
      outside((session) => session.use(Dao(models.Tag)).create({ userId, name }))
    const addNote = (userId: number, title: string, tagId: string | null = null) =>
      outside(async (session) => {
        const note = await session.use(Dao(models.Note)).create({ userId, title, tagId })
        await session.use(Dao(models.Line)).create({ noteId: note.id, text: `line of ${title}` })
        return note
      })
    const titlesOf = (userId: number, deleted: 'without' | 'only' = 'without') =>
      db.session(actingAs(models.User, userId), async (session) => {
        const { rows } = await session.use(Dao(models.Note)).list({ sort: ['title'], deleted })
        return rows.map(({ title }) => title)
      })

    test('a device becomes a user’s: all that it has goes over, deleted rows too, and its token proves the user', async () => {
      const [guest, user, other] = [await account(null), await account('a@example.com'), await account('b@example.com')]
      await addNote(guest.id, 'mine')
      const gone = await addNote(guest.id, 'gone')
      await db.session(actingAs(models.User, guest.id), (session) => session.use(Dao(models.Note)).delete(gone.id))
      await addNote(user.id, 'theirs')
      await addNote(other.id, 'mine')
      await outside((session) => session.use(Dao(models.Report)).create({ reporterId: guest.id, about: 'spam' }))
      const before = await contentsOf(other.id)

      const report = await merged(AccountMerge, guest.id, user.id)
      expect(report).toEqual({ moved: { Device: 1, Note: 2, Report: 1 }, dropped: {} })
      expect(await titlesOf(user.id)).toEqual(['mine', 'theirs'])
      expect(await titlesOf(user.id, 'only')).toEqual(['gone'])
      const lines = await db.session(actingAs(models.User, user.id), (session) => session.use(Dao(models.Line)).count())
      expect(lines).toBe(2)
      const proved = await outside((session) => session.use(DeviceService).verify(guest.token))
      expect(proved?.userId).toBe(user.id)
      const left = await outside(async (session) => [
        await session.use(Dao(models.User)).get(guest.id),
        await session.use(Dao(models.Login)).count({ userId: guest.id }),
        await session.use(Dao(models.Report)).count({ reporterId: user.id }),
      ])
      expect(left).toEqual([null, 0, 1])
      expect(await contentsOf(other.id)).toBe(before)
    })

    test('of rows that cannot be both, the declared one is kept, and what referred to the other refers to it', async () => {
      const [guest, user] = [await account(null), await account('c@example.com')]
      const [theirs, mine] = [await addTag(user.id, 'Food'), await addTag(guest.id, 'food')]
      await addTag(guest.id, 'only mine')
      await addNote(guest.id, 'tagged', mine.id)
      const report = await merged(AccountMerge, guest.id, user.id)
      expect(report.dropped).toEqual({ Tag: 1 })
      const found = await db.session(actingAs(models.User, user.id), async (session) => ({
        tags: (await session.use(Dao(models.Tag)).list({ sort: ['name'] })).rows.map(({ name }) => name),
        note: (await session.use(Dao(models.Note)).list()).rows[0]?.tagId,
      }))
      expect(found).toEqual({ tags: ['Food', 'only mine'], note: theirs.id })
    })

    test('a conflict that nobody declared refuses all of it: nothing has changed', async () => {
      const [guest, user] = [await account(null), await account('d@example.com')]
      for (const { id } of [guest, user]) {
        await addNote(id, 'same')
        await addTag(id, 'tag')
      }
      await addNote(guest.id, 'another')
      const before = [await contentsOf(guest.id), await contentsOf(user.id)]
      await expect(merged(AccountMerge, guest.id, user.id)).rejects.toEqual(
        expect.objectContaining({
          code: 'OWNER_MERGE_CONFLICT',
          fields: ['title'],
          values: { model: 'Note', count: 1, fields: 'title' },
        }),
      )
      expect([await contentsOf(guest.id), await contentsOf(user.id)]).toEqual(before)
    })

    test('the source’s rows can be kept instead, and the source itself', async () => {
      const [one, user] = [await account('e@example.com'), await account('f@example.com')]
      const mine = await addNote(one.id, 'same')
      await addNote(user.id, 'same')
      expect((await merged(KeepMine, one.id, user.id)).dropped).toEqual({ Note: 1 })
      const kept = await db.session(actingAs(models.User, user.id), (session) => session.use(Dao(models.Note)).list())
      expect(kept.rows.map(({ id }) => id)).toEqual([mine.id])
      expect(await outside((session) => session.use(Dao(models.User)).get(one.id))).not.toBeNull()
    })

    test('who may be merged is asked, and both must be there', async () => {
      const [user, other] = [await account('g@example.com'), await account('h@example.com')]
      const code = (name: string) => expect.objectContaining({ code: name })
      await expect(merged(AccountMerge, user.id, other.id)).rejects.toEqual(code('FORBIDDEN'))
      await expect(merged(AccountMerge, user.id, 2 ** 40)).rejects.toEqual(code('NOT_FOUND'))
      await expect(merged(AccountMerge, 2 ** 40, user.id)).rejects.toEqual(code('NOT_FOUND'))
      expect(await merged(KeepMine, user.id, user.id)).toEqual({ moved: {}, dropped: {} })
    })

    test('a reference of the owners to one another goes over too', async () => {
      const [guest, user] = [await account(null), await account('i@example.com')]
      const invited = await outside((session) =>
        session.use(Dao(models.User)).create({ email: null, invitedById: guest.id as KeyOf<typeof models.User> }),
      )
      await merged(AccountMerge, guest.id, user.id)
      expect((await outside((session) => session.use(Dao(models.User)).get(invited.id)))?.invitedById).toBe(user.id)
    })

    test('of 20 merges at once of one guest, one does it', { timeout: 60_000 }, async () => {
      const [guest, user] = [await account(null), await account('j@example.com')]
      for (let at = 0; at < 5; at += 1) await addNote(guest.id, `note ${at}`)
      const ends = await Promise.allSettled(Array.from({ length: 20 }, () => merged(AccountMerge, guest.id, user.id)))
      expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(await titlesOf(user.id)).toHaveLength(5)
    })
  },
  oneOfEachEngine,
)

test('a model that refers to owners and has no rule is named, and one that would be torn from what it refers to', () => {
  const { Report: _, ...fewer } = rules
  expect(() => OwnerMerge(models.User, { models: fewer })).toThrow('OwnerMerge(User): Report has no rule')
  expect(() => OwnerMerge(models.User, { models: { ...rules, Line: 'move' } })).toThrow('Line does not refer to User')
  expect(() => OwnerMerge(models.User, { models: { ...rules, Tag: 'leave' } })).toThrow(
    'rows of Note would move and refer to rows of Tag, which do not',
  )
  expect(() => OwnerMerge(models.Note, { models: { Line: 'move' } })).toThrow('Note is no model of owners')
})
