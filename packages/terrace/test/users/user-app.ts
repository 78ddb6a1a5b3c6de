import { isJwtText } from '../../src/auth/index.ts'
import { createApp } from '../../src/app/index.ts'
import { read } from '../../src/dto/index.ts'
import { errors } from '../../src/errors/index.ts'
import { authentication, bearer, caller, dependency, group, plain, route, userRoutes } from '../../src/http/index.ts'
import { models, UserService } from './user-models.ts'

export const user = authentication('user', {
  scheme: bearer({ form: isJwtText, format: 'JWT' }),
  verify: ({ token, session }) => session.use(UserService).verify(token),
  actor: (row) => ({ User: row.id }),
  roles: (row) => [row.role],
})

/** B10: the session, the user whom the token names, and that they are an admin: each a dependency of the next. */
export const currentUser = dependency('currentUser', {
  needs: { caller, users: UserService },
  make: ({ caller: { actor }, users }) => users.get(actor['User'] as number),
})

export const currentAdmin = dependency('currentAdmin', {
  needs: { currentUser },
  make: ({ currentUser: row }) => {
    if (row.role !== 'admin') throw errors.ROLE_MISSING()
    return row
  },
})

const admin = route('GET /admin/self', {
  summary: 'The admin who asks',
  responses: { 200: read(models.User) },
  errors: [errors.ROLE_MISSING, errors.NOT_FOUND],
  use: { currentAdmin },
  handler: ({ use }) => use.currentAdmin,
})

const admins = route('GET /admins/self', {
  summary: 'The admin who asks, by the roles of their group',
  responses: { 200: read(models.User) },
  errors: [errors.NOT_FOUND],
  use: { currentUser },
  handler: ({ use }) => use.currentUser,
})

export const app = createApp({
  title: 'Users',
  version: '1.0.0',
  models,
  responses: plain,
  routes: [
    group({ prefix: '/v1' }, [
      userRoutes(UserService, { auth: user }),
      group({ auth: user }, { admin }),
      group({ auth: user, roles: ['admin'] }, { admins }),
    ]),
  ],
})
