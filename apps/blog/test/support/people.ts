import { actingAs, everyone, unscoped } from 'terrace/database'
import type { Database, Scope, Session } from 'terrace/database'
import { testDatabase } from 'terrace/testing'
import type { TestDatabaseOptions } from 'terrace/testing'
import { Dao } from 'terrace/dao'
import { AuthorDao } from '../../src/author/author.dao.ts'
import { models } from '../../src/models.ts'
import type { Role } from '../../src/user/user.model.ts'

/** Work in one session of somebody: one transaction. */
export type As = <R>(work: (session: Session) => Promise<R>) => Promise<R>

/** A database with some accounts, which have no password, and nothing else. */
export interface People {
  readonly database: Database
  /** A new account with this role. */
  account(role: Role): Promise<As & { readonly id: number }>
  /** Somebody, with another role than they have. */
  acting(id: number, role: Role): As
  readonly nobody: As
  readonly unscoped: As
}

class UserDao extends Dao(models.User) {}

export function peopleIn(database: Database): People {
  let count = 0
  const as =
    (scope: Scope): As =>
    (work) =>
      database.session(scope, work)
  const acting = (id: number, role: Role): As => as(actingAs(models.User, id, { roles: [role] }))
  const account = async (role: Role) => {
    count += 1
    const displayName = `${role} ${count}`
    const { id } = await as(unscoped('test account'))(async (session) => {
      const user = await session.use(UserDao).create({ email: `${role}${count}@example.com`, displayName, role })
      await session.use(AuthorDao).create({ userId: user.id, name: displayName })
      return user
    })
    return Object.assign(acting(id, role), { id })
  }
  return { database, account, acting, nobody: as(everyone), unscoped: as(unscoped('test')) }
}

export async function people(options: Omit<TestDatabaseOptions, 'models'> = {}): Promise<People> {
  return peopleIn(await testDatabase({ models, ...options }))
}

/** What somebody wrote. */
export function text(slug: string, title = `About ${slug}`) {
  return { title, slug, body: `The body of ${slug}.` }
}
