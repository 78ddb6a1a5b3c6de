import type { Session } from '../database/index.ts'
import { errors } from '../errors/index.ts'
import type { BoundModel, Row } from '../model/index.ts'
import { apiKeyKind } from './api-key-text.ts'
import { apiKeyDaos, ApiKeys } from './api-keys.ts'

/** A service class to use as it is or to extend: `session.use(ApiKeyService)`. */
export interface ApiKeyServiceClass<M extends BoundModel, U extends BoundModel> {
  new (session: Session): ApiKeys<M, U>
  readonly model: M
}

export interface ApiKeyAccessOptions<U extends BoundModel> {
  /** The model of those to whom keys belong. Who has `isActive: false` is nobody. */
  readonly users: U
  /** The roles that a user has. Default none. */
  readonly roles?: (user: Row<U>) => readonly string[]
  /** What the keys begin with, for whoever finds one: letters and digits. Default `key`. */
  readonly kind?: string
}

/**
 * The service of a model of API keys, which has the columns of `apiKeyColumns`. `MODEL_DECLARATION` names what it lacks.
 *
 * ```ts
 * export class ApiKeyService extends ApiKeyAccess(models.ApiKey, { users: models.User, roles: ({ role }) => [role] }) {}
 *
 * export const apiKey = authentication('apiKey', {
 *   scheme: apiKeyHeader(),
 *   verify: ({ token, session }) => session.use(ApiKeyService).verify(token),
 *   actor: ({ user }) => ({ User: user.id }),
 *   roles: ({ roles }) => roles,
 *   quotas: [{ max: 60, windowMs: 60_000 }],
 * })
 * ```
 */
export function ApiKeyAccess<M extends BoundModel, U extends BoundModel>(
  model: M,
  { users, roles = () => [], kind = 'key' }: ApiKeyAccessOptions<U>,
): ApiKeyServiceClass<M, U> {
  const problems = problemsOf(model, { users, kind })
  if (problems.length > 0) throw lacking(model, problems)
  const parts = { ...apiKeyDaos(model, users), kind, rolesOf: roles }
  return class extends ApiKeys<M, U> {
    static readonly model = model

    constructor(session: Session) {
      super(session, parts)
    }
  }
}

interface Given {
  readonly users: BoundModel
  readonly kind: string
}

const needed = ['id', 'name', 'prefix', 'keyHash', 'scopes', 'expiresAt', 'lastUsedAt', 'revokedAt'] as const

function problemsOf({ fact }: BoundModel, { users, kind }: Given): readonly string[] {
  const { access } = fact
  const missing = needed.filter((name) => fact.column[name] === undefined)
  return [
    ...(missing.length > 0 ? [`it has no ${missing.join(', ')}`] : []),
    ...(fact.column['keyHash']?.hidden === false ? ['keyHash must be hidden'] : []),
    ...(access.kind === 'owned' && access.owner === users.name ? [] : [`it does not belong to ${users.name}`]),
    ...(apiKeyKind.test(kind) ? [] : [`its kind ${JSON.stringify(kind)} is no word of letters and digits`]),
  ]
}

function lacking({ name }: BoundModel, problems: readonly string[]): Error {
  return errors.MODEL_DECLARATION({
    values: {
      where: `ApiKeyAccess(${name})`,
      problem: problems.join('; '),
      remedy: "Declare it as model('api_keys', apiKeyColumns(User)), and kind as such as 'key'",
    },
  })
}
