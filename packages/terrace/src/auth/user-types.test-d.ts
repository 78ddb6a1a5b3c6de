import { expectTypeOf, test } from 'vitest'
import type { Session } from '../database/index.ts'
import { actor, graph, identity, model, oneOf, text } from '../model/index.ts'
import type { Row } from '../model/index.ts'
import type { AccessTokens } from './access-tokens.ts'
import { refreshTokenColumns } from './refresh-token-columns.ts'
import { UserAccess } from './user-access.ts'
import { userCredentials } from './user-credentials.ts'

const User = model(
  'users',
  {
    id: identity(),
    email: text().length(3, 255).email().ignoreCase().unique({ global: true }),
    ...userCredentials(),
    displayName: text(),
    nickname: text().nullable(),
    role: oneOf('reader', 'admin').default('reader').readOnly(),
  },
  { access: actor() },
)
const models = graph({ User, RefreshToken: model('refresh_tokens', refreshTokenColumns(User)) })
declare const tokens: AccessTokens

class UserService extends UserAccess(models.User, { refreshTokens: models.RefreshToken, tokens }) {
  scopeOfMine(): Session['scope'] {
    return this.session.scope
  }
}
declare const users: UserService

test('what somebody registers with is what the API lets them write, and a password', () => {
  expectTypeOf(users.register).parameter(0).toEqualTypeOf<
    { readonly email: string; readonly displayName: string; readonly nickname?: string | null } & {
      readonly password: string
    }
  >()
  // @ts-expect-error a role is given by the app, not by who registers
  void users.register({ email: 'a@b.c', displayName: 'A', password: 'correct horse', role: 'admin' })
  void users.register({ email: 'a@b.c', displayName: 'A', password: 'correct horse' }, { role: 'admin' })
  // @ts-expect-error a hash is made, never given
  void users.register({ email: 'a@b.c', displayName: 'A', password: 'correct horse' }, { passwordHash: 'x' })
})

test('rows and keys are the model’s own', () => {
  expectTypeOf(users.verify).returns.resolves.toEqualTypeOf<Row<typeof models.User> | null>()
  expectTypeOf(users.disable).parameter(0).toEqualTypeOf<number>()
  // @ts-expect-error the key is a number
  void users.enable('7')
})

test('the row of a refresh token has its user’s key', () => {
  expectTypeOf<Row<typeof models.RefreshToken>['userId']>().toEqualTypeOf<number>()
  expectTypeOf<Row<typeof models.RefreshToken>['usedAt']>().toEqualTypeOf<Date | null>()
})
