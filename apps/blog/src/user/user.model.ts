import { refreshTokenColumns, userCredentials } from 'terrace/auth'
import { actor, identity, model, oneOf, text, timestamps } from 'terrace/model'

/** What somebody may do: readers comment, authors write, admins keep order. */
export const roles = ['reader', 'author', 'admin'] as const
export type Role = (typeof roles)[number]

/** An account. Only its owner sees it, and admins by services that say so; what everybody sees of somebody is their `Author`. */
export const User = model(
  'users',
  {
    id: identity(),
    email: text()
      .length(3, 255)
      .email()
      .ignoreCase()
      .unique({ global: true })
      .describe('Unique without case')
      .example('ada@example.com'),
    ...userCredentials(),
    displayName: text().length(1, 100).describe('What others see').example('Ada Lovelace'),
    role: oneOf(...roles)
      .default('reader')
      .readOnly(),
    ...timestamps(),
  },
  { access: actor() },
)

/** Logins: of each token its hash. */
export const RefreshToken = model('refresh_tokens', refreshTokenColumns(User))
