import { Dao } from '../dao/index.ts'
import type { DaoClass } from '../dao/index.ts'
import type { Session } from '../database/index.ts'
import { create } from '../dto/index.ts'
import { errors } from '../errors/index.ts'
import type { BoundModel } from '../model/index.ts'
import { hashedPasswords } from './hashed-passwords.ts'
import type { RefreshTokenModel } from './login-rows.ts'
import { OwnKey } from './own-key.ts'
import { serviceLife } from './service-life.ts'
import type { ServiceLife } from './service-life.ts'
import type { UserAccessOptions } from './user-operations.ts'
import { Users } from './users.ts'
import type { UserParts } from './users.ts'

/** A service class to use as it is or to extend: `session.use(UserService)`. In it, `this.session` is the unit of work. */
export interface UserServiceClass<M extends BoundModel> {
  new (session: Session): Users<M>
  readonly model: M
}

/**
 * The service of a model of users who have an e-mail and a password. The model is the app's own: a single key, an `email`, what
 * `userCredentials()` gives, and whatever else; its refresh tokens are a model of `refreshTokenColumns`.
 *
 * `MODEL_DECLARATION` names what the models lack.
 *
 * ```ts
 * export class UserService extends UserAccess(models.User, { refreshTokens: models.RefreshToken, tokens }) {}
 * ```
 */
export function UserAccess<M extends BoundModel, R extends BoundModel>(
  model: M,
  options: UserAccessOptions<R>,
): UserServiceClass<M> {
  const { refreshTokens, tokens, passwords = hashedPasswords(), attempts = null } = options
  const missing = [...missingOfUser(model), ...missingOfTokens(refreshTokens, model)]
  if (missing.length > 0) throw lacking(model, missing)
  const parts: UserParts = {
    users: Dao(model as BoundModel),
    logins: Dao(refreshTokens as BoundModel) as unknown as DaoClass<RefreshTokenModel>,
    key: new OwnKey(model),
    tokens,
    passwords,
    attempts,
    sendable: new Set(create(model).fields.keys()),
  }
  const life: ServiceLife = {
    ready: async () => tokens.ready?.(),
    countsIn: attempts?.model === undefined ? [] : [attempts.model],
    close: async () => attempts?.close?.(),
  }
  return class extends Users<M> {
    static readonly model = model
    static readonly attempts = attempts
    static readonly [serviceLife] = life

    constructor(session: Session) {
      super(session, parts)
    }
  }
}

interface Missing {
  readonly problem: string
  /** The line of the model that mends it. */
  readonly line: string
}

function missingOfUser({ fact }: BoundModel): readonly Missing[] {
  const { email, passwordHash, isActive } = fact.column
  const isUnique = fact.uniques.some(({ columns, within }) => [...columns, ...within].join() === 'email')
  const isHiddenText = passwordHash?.type.kind === 'text' && passwordHash.hidden && passwordHash.nullable
  const isFlag = isActive?.type.kind === 'boolean' && !isActive.nullable
  return [
    fact.primaryKey.columns.length === 1
      ? null
      : { problem: 'its primary key must be one column', line: 'id: uuid().primaryKey()' },
    email?.foldedInto && isUnique
      ? null
      : {
          problem: 'email must be a text column that is unique without case',
          line: 'email: text().length(3, 255).email().ignoreCase().unique({ global: true })',
        },
    isHiddenText && isFlag
      ? null
      : { problem: 'passwordHash and isActive must be those of userCredentials()', line: '...userCredentials()' },
  ].filter((missing) => missing !== null)
}

const tokenColumns = ['id', 'userId', 'family', 'tokenHash', 'expiresAt', 'usedAt', 'revokedAt'] as const

function missingOfTokens({ name, fact, graph }: BoundModel, user: BoundModel): readonly Missing[] {
  const line = `${name}: model('${fact.table}', refreshTokenColumns(${user.name}))`
  if (graph !== user.graph) return [{ problem: `${name} is of another graph`, line }]
  const isWhole = tokenColumns.every((column) => column in fact.column)
  const owner = fact.column['userId']?.reference
  return isWhole && owner?.target === user.name
    ? []
    : [{ problem: `${name} must have the columns of refreshTokenColumns(${user.name})`, line }]
}

function lacking({ name }: BoundModel, missing: readonly Missing[]): Error {
  return errors.MODEL_DECLARATION({
    values: {
      where: `UserAccess(${name})`,
      problem: missing.map(({ problem }) => problem).join('; '),
      remedy: `Declare: ${missing.map(({ line }) => line).join(', ')}`,
    },
  })
}
