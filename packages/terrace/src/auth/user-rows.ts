import type { DaoClass, Executable, ModelDao } from '../dao/index.ts'
import { executorOf } from '../database/index.ts'
import type { Session } from '../database/index.ts'
import { errors, issueText, TerraceError } from '../errors/index.ts'
import { validateValue } from '../model/index.ts'
import type { BoundModel } from '../model/index.ts'
import type { OwnKey } from './own-key.ts'

/** A user's row, of which this much is known. */
export interface UserRow extends Readonly<Record<string, unknown>> {
  readonly passwordHash: string | null
  readonly isActive: boolean
}

type Values = Readonly<Record<string, unknown>>

/** Kysely over tables that are not known by type. */
interface AnySelect extends Executable<UserRow> {
  where(column: string, operator: string, value: unknown): AnySelect
  where(condition: (builder: AnyBuilder) => unknown): AnySelect
  whereRef(column: string, operator: string, other: string): AnySelect
  select(column: string): AnySelect
}

interface AnyBuilder {
  exists(query: AnySelect): unknown
  selectFrom(table: string): AnySelect
}

/** The rows of users, in a session without scope. */
export class UserRows {
  readonly #dao: ModelDao<BoundModel>
  readonly #key: OwnKey

  constructor(session: Session, dao: DaoClass<BoundModel>, key: OwnKey) {
    this.#dao = session.use(dao)
    this.#key = key
  }

  /** `EMAIL_TAKEN` where somebody has the e-mail, also somebody deleted. */
  async create(values: Values): Promise<UserRow> {
    try {
      return (await this.#dao.create(values as never)) as UserRow
    } catch (error) {
      if (!isTaken(error)) throw error
      const issues = [{ in: 'row', path: '/email', ...issueText('taken') }] as const
      throw errors.EMAIL_TAKEN({ fields: ['email'], issues, cause: error })
    }
  }

  /** Null for an unknown e-mail, and for a text that the column could not hold. */
  async findByEmail(email: string): Promise<UserRow | null> {
    const column = this.#dao.model.fact.column['email']
    if (column !== undefined && validateValue(column, email) !== null) return null
    const { rows } = await this.#dao.list({ where: { email } as never, page: { limit: 1 } })
    return (rows[0] as UserRow | undefined) ?? null
  }

  async get(id: unknown): Promise<UserRow | null> {
    return (await this.#dao.get(id as never)) as UserRow | null
  }

  /** The row, which nobody else changes until the session ends: whatever concerns a user's logins begins with it. */
  async hold(id: unknown): Promise<UserRow | null> {
    return (await this.#dao.hold(id as never)) as UserRow | null
  }

  /** `NOT_FOUND` without the user. */
  async update(id: unknown, patch: Values): Promise<UserRow> {
    const row = (await this.#dao.update(id as never, patch as never)) as UserRow | null
    if (row === null) throw errors.NOT_FOUND({ values: { model: this.#dao.model.name } })
    return row
  }

  /** The user whose login this is, by one statement; null unless both are as they should be. */
  async findByLogin(id: unknown, login: { readonly table: string; readonly id: string }): Promise<UserRow | null> {
    const { now } = executorOf(this.#dao.session)
    const [users, logins] = [this.#dao.model.table, login.table]
    const rows = await this.#dao.select((query) =>
      (query as unknown as AnySelect)
        .where(`${users}.${this.#key.name}`, '=', id)
        .where(`${users}.isActive`, '=', true)
        .where((builder) =>
          builder.exists(
            builder
              .selectFrom(logins)
              .select(`${logins}.id`)
              .where(`${logins}.id`, '=', login.id)
              .whereRef(`${logins}.userId`, '=', `${users}.${this.#key.name}`)
              .where(`${logins}.revokedAt`, 'is', null)
              .where(`${logins}.expiresAt`, '>', now),
          ),
        ),
    )
    return rows[0] ?? null
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof TerraceError && error.code === 'UNIQUE' && error.fields.includes('email')
}
