import { afterAll, beforeEach, expect, test } from 'vitest'
import { actingAs, openDatabase } from '../../../src/connect/index.ts'
import { Dao } from '../../../src/dao/index.ts'
import { unscoped } from '../../../src/database/index.ts'
import { actor, graph, memberOf, model, oneOf, owner, reference, softDelete, text } from '../../../src/model/index.ts'
import { describeEngines } from '../../support/describe-engines.ts'
import { limitedRole, type LimitedRole } from './limited-role.ts'

const id = text().length(1, 9).primaryKey()
const User = model('users', { id }, { access: actor() })
const Club = model('clubs', { id }, { access: memberOf('clubs', { through: 'members', write: 'nobody' }) })
const columns = { id, clubId: reference(Club), userId: reference(User), role: oneOf('member', 'staff') }
const withDuty = { ...columns, duty: oneOf('none', 'keys') }
const nobodyWrites = memberOf(Club, { through: 'members', write: 'nobody' })

function clubs() {
  const Member = model('members', withDuty, { access: nobodyWrites })
  const Notice = model(
    'notices',
    { id, clubId: reference(Club) },
    { access: memberOf(Club, { through: Member, write: ['staff'] }) },
  )
  const Key = model(
    'keys',
    { id, clubId: reference(Club) },
    { access: memberOf(Club, { through: Member, role: 'duty', write: ['keys'] }) },
  )
  return graph({ User, Club, Member, Notice, Key })
}

/** A photo is its club's; then its photographer's, while memberships get a trash. */
function photosOfClubs() {
  const Member = model('members', columns, { access: nobodyWrites })
  const Photo = model(
    'photos',
    { id, clubId: reference(Club), userId: reference(User) },
    { access: memberOf(Club, { through: Member }) },
  )
  return graph({ User, Club, Member, Photo })
}

function photosOfUsers() {
  const Member = model('members', { ...columns, ...softDelete() }, { access: nobodyWrites })
  const Photo = model('photos', { id, clubId: reference(Club), userId: owner(User) })
  return graph({ User, Club, Member, Photo })
}

async function opened(url: string, models: ReturnType<typeof clubs>) {
  const db = await openDatabase(url, { models, rowLevelSecurity: true })
  const daos = {
    users: class extends Dao(models.User) {},
    clubs: class extends Dao(models.Club) {},
    members: class extends Dao(models.Member) {},
    notices: class extends Dao(models.Notice) {},
    keys: class extends Dao(models.Key) {},
  }
  const write = (user: string, table: 'notices' | 'keys') =>
    db.session(actingAs(models.User, user), (session) =>
      session.use(daos[table] as typeof daos.notices).create({ id: `${user} ${table}`.slice(0, 9), clubId: 'chess' }),
    )
  return { db, daos, write }
}

describeEngines(
  'X1: the database follows what a membership says',
  (engine) => {
    let role: LimitedRole
    beforeEach(async () => {
      await role?.drop()
      role = await limitedRole((await engine.fresh()).url)
    })
    afterAll(() => role?.drop())

    test('each model is written by those with a role in the column that it names', async () => {
      const { db, daos, write } = await opened(role.url, clubs())
      await db.session(unscoped('test rows'), async (session) => {
        await session.use(daos.clubs).create({ id: 'chess' })
        for (const [user, staff, duty] of [
          ['ann', 'staff', 'none'],
          ['ben', 'member', 'keys'],
        ] as const) {
          await session.use(daos.users).create({ id: user })
          const given = { id: user, clubId: 'chess', userId: user, role: staff, duty }
          await session.use(daos.members).create(given)
        }
      })
      expect(await write('ann', 'notices')).toMatchObject({ clubId: 'chess' })
      expect(await write('ben', 'keys')).toMatchObject({ clubId: 'chess' })
      await db.close()
    })

    test('a model leaves its group while another rule says who its members are', async () => {
      await (await openDatabase(role.url, { models: photosOfClubs(), rowLevelSecurity: true })).close()
      const db = await openDatabase(role.url, { models: photosOfUsers(), rowLevelSecurity: true })
      await db.close()
      const policies = await role.asServer(
        `select pg_get_expr(polqual, polrelid) as using from pg_policy where polname = 'rls_photos_all'`,
      )
      expect(String(policies[0]?.['using'])).toMatch(/user_id.*terrace\.actor_user/)
    })
  },
  ['postgres'],
)
