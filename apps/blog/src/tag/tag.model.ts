import { identity, model, ownedThrough, reference, shared, text, timestamps } from 'terrace/model'
import { Post } from '../post/post.model.ts'

/** What posts are about. Everybody reads them, admins keep them; the first ones come with the database. */
export const Tag = model(
  'tags',
  {
    id: identity(),
    name: text().length(1, 50).ignoreCase().unique().example('Databases'),
    slug: text()
      .length(1, 50)
      .pattern(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
      .unique()
      .example('databases'),
    ...timestamps(),
  },
  {
    access: shared({ write: { role: 'admin' } }),
    seeds: [
      { name: 'Announcements', slug: 'announcements' },
      { name: 'Databases', slug: 'databases' },
      { name: 'Notes', slug: 'notes' },
      { name: 'TypeScript', slug: 'typescript' },
    ],
  },
)

/** A post is about a tag. It is seen as long as its post is, and written by the post's author. */
export const PostTag = model(
  'post_tags',
  {
    postId: reference(Post, { inverse: 'postTags', onDelete: 'cascade' }).primaryKey(),
    tagId: reference(Tag, { inverse: 'postTags', onDelete: 'cascade' }).primaryKey(),
  },
  { access: ownedThrough('postId') },
)
