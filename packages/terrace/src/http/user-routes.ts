import { knownPassword, newPassword } from '../auth/index.ts'
import type { IssuedTokens, Registration, UserServiceClass } from '../auth/index.ts'
import { create, read, shape } from '../dto/index.ts'
import { errors } from '../errors/index.ts'
import { integer, oneOf, text } from '../model/index.ts'
import type { BoundModel, KeyOf } from '../model/index.ts'
import { publicAccess } from './authentication.ts'
import type { Auth } from './authentication.ts'
import { group } from './group.ts'
import { reply } from './reply.ts'
import type { Reply } from './reply.ts'
import type { Route, RouteGroup } from './route-facts.ts'
import { route } from './route.ts'

export interface UserRoutesOptions {
  /** By which a user proves who they are: for the routes that need one. */
  readonly auth: Auth
  /** Before the path of each. Default `/auth`. */
  readonly prefix?: string
  /** False: nobody registers by themselves. Default true. */
  readonly register?: boolean
}

/**
 * The routes of a service of users: `POST /auth/register`, `/auth/login`, `/auth/refresh`, `/auth/logout`, `/auth/password` and
 * `GET /auth/me`. What they answer is never cached.
 *
 * ```ts
 * group({ prefix: '/v1' }, [userRoutes(UserService, { auth: user }), …])
 * ```
 */
export function userRoutes<M extends BoundModel>(
  service: UserServiceClass<M>,
  { auth, prefix = '/auth', register = true }: UserRoutesOptions,
): RouteGroup {
  // The routes read and give values by shapes of the model; for a model that is not known they have no types of their own.
  const users = service as unknown as UserServiceClass<BoundModel>
  const open = { login: loginRoute(users), refresh: refreshRoute(users), logout: logoutRoute(users) }
  const registering: Readonly<Record<string, Route>> = register ? { register: registerRoute(users) } : {}
  return group({ prefix }, [
    group({ auth: publicAccess('who logs in is not known before') }, { ...registering, ...open }),
    group({ auth }, { changePassword: passwordRoute(users), me: meRoute(users) }),
  ])
}

type Service = UserServiceClass<BoundModel>

/** Answers with tokens in them are not kept to be given again, and attempts are counted before a session's first statement. */
const idempotency = 'off'

const issuedTokens = shape(
  {
    accessToken: text().describe('Sent as `authorization: Bearer <token>`'),
    refreshToken: text().describe('Good for one use: for the next pair'),
    tokenType: oneOf('Bearer'),
    expiresIn: integer().describe('How long the access token is good, in seconds').example(900),
  },
  { name: 'IssuedTokens' },
)

const refreshBody = shape({ refreshToken: text().length(1, 255) }, { name: 'RefreshRequest' })

const ofHashing = [errors.PASSWORD_QUEUE_FULL, errors.TOO_MANY_ATTEMPTS]

/** Neither a proxy nor a browser keeps a token, or what only its holder may see. */
function unstored<S extends number, V>(status: S, value: V): Reply<S, V> {
  return reply(status, value, { 'cache-control': 'no-store' })
}

function issued(tokens: IssuedTokens): Reply<200, IssuedTokens> {
  return unstored(200, tokens)
}

function registerRoute(users: Service): Route {
  const { model } = users
  return route('POST /register', {
    name: `register${model.name}`,
    idempotency,
    summary: 'Register with an e-mail and a password',
    body: create(model, { name: `${model.name}Registration`, with: { password: newPassword() } }),
    responses: { 201: read(model) },
    errors: [errors.EMAIL_TAKEN, errors.PASSWORD_QUEUE_FULL],
    use: { users },
    handler: async ({ body, use }) => unstored(201, await use.users.register(body as Registration<BoundModel>)),
  })
}

function loginRoute(users: Service): Route {
  return route('POST /login', {
    name: 'login',
    idempotency,
    summary: 'Log in; the tokens of a new login',
    body: shape({ email: text().length(1, 255), password: knownPassword() }, { name: 'Login' }),
    responses: { 200: issuedTokens },
    errors: [errors.LOGIN_FAILED, ...ofHashing],
    use: { users },
    handler: async ({ body, use, address }) => issued(await use.users.login({ ...body, address })),
  })
}

function refreshRoute(users: Service): Route {
  return route('POST /refresh', {
    name: 'refresh',
    idempotency,
    summary: 'The next tokens of a login; a token that comes a second time ends it',
    body: refreshBody,
    responses: { 200: issuedTokens },
    errors: [errors.REFRESH_FAILED],
    use: { users },
    handler: async ({ body, use }) => issued(await use.users.refresh(body.refreshToken)),
  })
}

function logoutRoute(users: Service): Route {
  return route('POST /logout', {
    name: 'logout',
    idempotency,
    summary: 'End the login of a refresh token, at once',
    body: refreshBody,
    responses: { 204: null },
    use: { users },
    handler: async ({ body, use }) => unstored(204, await use.users.logout(body.refreshToken)),
  })
}

function passwordRoute(users: Service): Route {
  return route('POST /password', {
    name: 'changePassword',
    idempotency,
    summary: 'Change the password; ends all logins, and gives the tokens of a new one',
    body: shape({ current: knownPassword(), next: newPassword() }, { name: 'PasswordChange' }),
    responses: { 200: issuedTokens },
    errors: [errors.PASSWORD_WRONG, ...ofHashing],
    use: { users },
    handler: async ({ body, use, actor }) => issued(await use.users.changePassword(keyIn(users, actor), body)),
  })
}

function meRoute(users: Service): Route {
  return route('GET /me', {
    name: 'me',
    summary: 'Who is asking',
    responses: { 200: read(users.model) },
    errors: [errors.NOT_FOUND],
    use: { users },
    handler: async ({ use, actor }) => unstored(200, await use.users.get(keyIn(users, actor))),
  })
}

/** `auth` may let somebody in who is no user, by a key of theirs. */
function keyIn({ model }: Service, actor: Readonly<Record<string, unknown>>): KeyOf<BoundModel> {
  const key = actor[model.name]
  if (key === undefined) throw errors.NOT_FOUND({ values: { model: model.name } })
  return key as KeyOf<BoundModel>
}
