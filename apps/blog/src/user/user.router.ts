import { isJwtText } from 'terrace/auth'
import { shape } from 'terrace/dto'
import { errors } from 'terrace/errors'
import { authentication, bearer, group, publicAccess, reply, resource, route } from 'terrace/http'
import { integer, oneOf, text } from 'terrace/model'
import { errors as own } from '../errors.ts'
import { models } from '../models.ts'
import { AccountService } from './account.service.ts'
import { userIdOf } from './caller.ts'
import { roles } from './user.model.ts'
import { UserService } from './user.service.ts'
import { loginTokens, newUser, password, user } from './user.shapes.ts'

/** Whoever holds an access token acts as that user, with the role that they have now. */
export const account = authentication('account', {
  scheme: bearer({ form: isJwtText }),
  verify: ({ token, session }) => session.use(AccountService).verify(token),
  actor: (row) => ({ [models.User.name]: row.id }),
  roles: (row) => [row.role],
})

const register = route('POST /users', {
  name: 'registerUser',
  summary: 'Register',
  description: 'A new account is a reader; admins make authors.',
  body: newUser,
  responses: { 201: user },
  errors: [errors.EMAIL_TAKEN, errors.PASSWORD_QUEUE_FULL],
  use: { accounts: AccountService },
  handler: async ({ body, use }) => {
    const row = await use.accounts.register(body)
    return reply(201, row, { location: `/v1/users/${row.id}` })
  },
})

const login = route('POST /auth/login', {
  name: 'login',
  summary: 'Log in: an access token for minutes, a refresh token for one use',
  body: shape({ email: text().length(1, 255), password: text().length(1, 128) }, { name: 'Login' }),
  responses: { 200: loginTokens },
  errors: [errors.LOGIN_FAILED, errors.PASSWORD_QUEUE_FULL],
  use: { accounts: AccountService },
  handler: ({ body, use }) => use.accounts.login(body),
})

const refreshToken = shape({ refreshToken: text().length(1, 200) }, { name: 'RefreshToken' })

const refresh = route('POST /auth/refresh', {
  name: 'refreshLogin',
  summary: 'The next tokens of a login; a second use of a refresh token ends it',
  body: refreshToken,
  responses: { 200: loginTokens },
  errors: [errors.REFRESH_FAILED],
  use: { accounts: AccountService },
  handler: ({ body, use }) => use.accounts.refresh(body.refreshToken),
})

const logout = route('POST /auth/logout', {
  name: 'logout',
  summary: 'End a login; its access tokens are refused from now on',
  body: refreshToken,
  responses: { 204: null },
  use: { accounts: AccountService },
  handler: ({ body, use }) => use.accounts.logout(body.refreshToken),
})

const me = route('GET /auth/me', {
  name: 'me',
  summary: 'My account',
  responses: { 200: user },
  use: { users: UserService },
  handler: ({ use }) => use.users.own(),
})

const changePassword = route('POST /auth/password', {
  name: 'changePassword',
  summary: 'Change my password: every login ends, and a new one begins',
  body: shape({ current: text().length(1, 128), next: password }, { name: 'PasswordChange' }),
  responses: { 200: loginTokens },
  errors: [errors.PASSWORD_WRONG, errors.PASSWORD_QUEUE_FULL],
  use: { accounts: AccountService },
  handler: ({ actor, body, use }) => use.accounts.changePassword(userIdOf(actor), body),
})

const userId = shape({ id: integer().range(1, 2_147_483_647) })
const gone = [errors.NOT_FOUND, own.LAST_ADMIN]

const changeRole = route('PUT /users/:id/role', {
  name: 'changeRole',
  summary: 'Make somebody a reader, an author or an admin',
  params: userId,
  body: shape({ role: oneOf(...roles) }, { name: 'RoleChange' }),
  responses: { 200: user },
  errors: gone,
  use: { users: UserService },
  handler: ({ params, body, use }) => use.users.changeRole(params.id, body.role),
})

const disable = route('POST /users/:id/disable', {
  name: 'disableUser',
  summary: 'Refuse an account from its next request on',
  params: userId,
  responses: { 200: user },
  errors: gone,
  use: { users: UserService },
  handler: ({ params, use }) => use.users.disable(params.id),
})

const enable = route('POST /users/:id/enable', {
  name: 'enableUser',
  summary: 'Let an account log in again',
  params: userId,
  responses: { 200: user },
  errors: [errors.NOT_FOUND],
  use: { users: UserService },
  handler: ({ params, use }) => use.users.enable(params.id),
})

export const entrance = group({ auth: publicAccess('nobody has a token before they register or log in') }, [
  register,
  login,
  refresh,
  logout,
])

export const ownAccount = [
  me,
  changePassword,
  resource(UserService, { path: '/users', read: user, only: ['get', 'patch'], include: false }),
]

export const accounts = [
  resource(UserService, { path: '/users', read: user, only: ['list'], include: false }),
  changeRole,
  disable,
  enable,
]
