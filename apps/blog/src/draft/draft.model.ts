import { model, owner, softDelete, timestamps, uuid } from 'terrace/model'
import { written } from '../post/post.columns.ts'
import { User } from '../user/user.model.ts'

/**
 * A text that is not published: its author's alone. Publishing moves it to the posts under the same id and leaves it here in the trash, from which
 * unpublishing takes it back: the scope holds every draft, whatever a query about posts asks.
 */
const { slug, ...rest } = written()

export const Draft = model('drafts', {
  id: uuid().primaryKey(),
  userId: owner(User),
  ...rest,
  slug: slug.unique(),
  ...timestamps(),
  ...softDelete(),
})
