import { boolean, model, owner, reference, softDelete, timestamp, timestamps, uuid, version } from 'terrace/model'
import { Author } from '../author/author.model.ts'
import { User } from '../user/user.model.ts'
import { written } from './post.columns.ts'

const { slug, ...rest } = written()

/** What is published: read by everybody, changed by its author. Unpublished it lies in the trash, and its comments with it. */
export const Post = model(
  'posts',
  {
    id: uuid().primaryKey(),
    userId: owner(User, { read: 'everyone' }),
    authorId: reference(Author, { inverse: 'posts' }).readOnly().immutable(),
    ...rest,
    slug: slug.unique({ global: true }),
    areCommentsOpen: boolean().default(true).describe('Whether it takes new comments'),
    publishedAt: timestamp().readOnly(),
    version: version(),
    ...timestamps(),
    ...softDelete(),
  },
  { indexes: [['publishedAt']] },
)
