import { model, owner, reference, softDelete, text, timestamp, timestamps, uuid } from 'terrace/model'
import { Author } from '../author/author.model.ts'
import { Post } from '../post/post.model.ts'
import { User } from '../user/user.model.ts'

/** Read by everybody as long as its post is. Its writer changes it; the post's author and admins may take it away. */
export const Comment = model(
  'comments',
  {
    id: uuid().primaryKey(),
    postId: reference(Post, { inverse: 'comments', onDelete: 'cascade' }).immutable(),
    userId: owner(User, { read: 'everyone' }),
    authorId: reference(Author, { inverse: 'comments' }).readOnly().immutable(),
    body: text().length(1, 2000).example('Well said.'),
    moderatedAt: timestamp().nullable().readOnly().hidden().describe('When somebody else took it away'),
    ...timestamps(),
    ...softDelete(),
  },
  { indexes: [['postId', 'createdAt']] },
)
