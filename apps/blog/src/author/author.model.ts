import { identity, model, owner, text, timestamps } from 'terrace/model'
import { User } from '../user/user.model.ts'

/** What everybody may know of a user: a name, and nothing of the account. It comes with the account and follows its name. */
export const Author = model('authors', {
  id: identity(),
  userId: owner(User, { read: 'everyone', onDelete: 'cascade' }).unique(),
  name: text().length(1, 100).describe('Display name').example('Ada Lovelace'),
  ...timestamps(),
})
