import { create, patch, read, shape } from 'terrace/dto'
import { integer, oneOf, text } from 'terrace/model'
import { models } from '../models.ts'

/** A new password: 8 to 128 characters, whatever they are. */
export const password = text().length(8, 128).describe('8 to 128 characters').example('correct horse battery staple')

export const newUser = create(models.User, { with: { password }, name: 'UserCreate' })

export const userPatch = patch(models.User, { only: ['displayName'] })

export const user = read(models.User)

/** As OAuth 2 answers a login (RFC 6749, section 5.1), in the Blog's own case. */
export const loginTokens = shape(
  {
    accessToken: text(),
    refreshToken: text(),
    tokenType: oneOf('Bearer'),
    expiresIn: integer().describe('Seconds for which the access token is good').example(900),
  },
  { name: 'LoginTokens' },
)
