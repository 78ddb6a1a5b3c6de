import { isJwtText } from 'terrace/auth'
import { shape } from 'terrace/dto'
import { errors } from 'terrace/errors'
import { authentication, bearer, group, publicAccess, reply, resource, route, userRoutes } from 'terrace/http'
import { integer, oneOf } from 'terrace/model'
import { errors as own } from '../errors.ts'
import { models } from '../models.ts'
import { AccountService } from './account.service.ts'
import { roles } from './user.model.ts'
import { UserService } from './user.service.ts'
import { newUser, user } from './user.shapes.ts'

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

/** For everybody: registering stands at the users, everything else about logins below `/auth`. */
export const entrance = [
  group({ auth: publicAccess('nobody has an account before they register') }, [register]),
  userRoutes(AccountService, { auth: account, register: false }),
]

export const ownAccount = resource(UserService, { path: '/users', read: user, only: ['get', 'patch'], include: false })

export const accounts = [
  resource(UserService, { path: '/users', read: user, only: ['list'], include: false }),
  changeRole,
  disable,
  enable,
]
