import type { Listing } from 'terrace/dao'
import type { ValueOf } from 'terrace/dto'
import type { Row } from 'terrace/model'
import { CrudService } from 'terrace/service'
import type { GetQuery, ListQuery } from 'terrace/service'
import { AuthorDao } from '../author/author.dao.ts'
import { errors } from '../errors.ts'
import { models } from '../models.ts'
import { AccountService } from './account.service.ts'
import { isAdmin } from './caller.ts'
import { UserDao } from './user.dao.ts'
import type { Role } from './user.model.ts'
import { userPatch } from './user.shapes.ts'

type User = typeof models.User

/** Everybody their own account; admins all of them. */
export class UserService extends CrudService(models.User, { dao: UserDao, patch: userPatch }) {
  override async get(id: number, query: GetQuery = {}): Promise<Row<User>> {
    const { scope } = this.session
    if (scope.kind === 'unscoped' || !isAdmin(scope)) return super.get(id, query)
    return this.session.unscoped('an admin looks at an account', (session) => session.use(UserService).get(id, query))
  }

  override async list(query: ListQuery<User> = {}): Promise<Listing<Row<User>>> {
    const { scope } = this.session
    if (scope.kind === 'unscoped' || !isAdmin(scope)) return super.list(query)
    return this.session.unscoped('an admin looks at the accounts', (session) => session.use(UserService).list(query))
  }

  override async update(id: number, data: ValueOf<typeof userPatch>) {
    const user = await super.update(id, data)
    if (data.displayName !== undefined)
      await this.session.use(AuthorDao).updateWhere({ userId: id }, { name: data.displayName })
    return user
  }

  /** For routes of admins alone, as what follows. `NOT_FOUND` where there is no such account; `LAST_ADMIN` for the last one. */
  async changeRole(id: number, role: Role) {
    return this.session.unscoped('an admin changes a role', async (session) => {
      const users = session.use(UserService)
      await users.#keepAdmin(id, role !== 'admin')
      return users.#found(id, { role })
    })
  }

  async disable(id: number) {
    return this.session.unscoped('an admin disables an account', async (session) => {
      await session.use(UserService).#keepAdmin(id, true)
      return session.use(AccountService).disable(id)
    })
  }

  async enable(id: number) {
    return this.session.unscoped('an admin enables an account', (session) => session.use(AccountService).enable(id))
  }

  /** Holds all admins, so that two of them cannot put each other out at the same time. */
  async #keepAdmin(id: number, isPutOut: boolean) {
    if (!isPutOut) return
    const { rows } = await this.dao.list({ where: { role: 'admin', isActive: true }, sort: ['id'] })
    const held = []
    for (const admin of rows) held.push(await this.dao.hold(admin.id))
    const others = held.filter((admin) => admin?.role === 'admin' && admin.isActive && admin.id !== id)
    if (held.some((admin) => admin?.id === id) && others.length === 0) throw errors.LAST_ADMIN()
  }

  async #found(id: number, change: { readonly role: Role }) {
    return (await this.dao.update(id, change)) ?? super.get(id)
  }
}
