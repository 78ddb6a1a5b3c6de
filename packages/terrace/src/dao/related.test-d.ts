import { actor, graph, identity, model, ownedThrough, owner, reference, text } from '../model/index.ts'
import { Dao, every, none, some } from './index.ts'
import type { RelatedTo } from './index.ts'

const User = model('users', { id: text().length(1, 20).primaryKey(), name: text() }, { access: actor() })
const Post = model('posts', {
  id: identity(),
  userId: owner(User, { as: 'author', inverse: 'posts' }),
  title: text(),
  answersId: reference('posts', { key: identity(), inverse: 'replies' }).nullable(),
})
const Comment = model(
  'comments',
  {
    id: identity(),
    postId: reference(Post, { inverse: 'comments' }),
    userId: reference(User, { inverse: 'comments' }),
    body: text(),
  },
  { access: ownedThrough('postId') },
)
const models = graph({ User, Post, Comment })
class PostDao extends Dao(models.Post) {}
class UserDao extends Dao(models.User) {}
declare const posts: PostDao
declare const users: UserDao

// Of either side, and to itself; alone, several, and among other conditions.
void posts.list({ where: { related: some(models.Comment, 'comments', { body: { contains: 'x' } }) } })
void posts.list({
  where: { title: 'x', related: [some(models.User, 'author', { name: 'x' }), none(models.Post, 'replies')] },
})
void posts.count({ or: [{ related: every(models.Post, 'answers', { title: 'x' }) }, { title: 'x' }] })
void posts.updateWhere({ not: { related: some(models.User, 'author') } }, { title: 'x' })
// The same name is a relation of two models: what asks for the one asks for the other.
const commented = some(models.Comment, 'comments')
void posts.exists({ related: commented })
void users.exists({ related: commented })
// One inside the other.
void users.list({
  where: { related: some(models.Post, 'posts', { related: some(models.Comment, 'comments', { userId: 'x' }) }) },
})
// As a value of its own.
const asked: RelatedTo<typeof models.Post> = none(models.User, 'author')
void posts.list({ where: { related: asked } })

// @ts-expect-error a name that neither model declares
void posts.list({ where: { related: some(models.Comment, 'remarks') } })
// @ts-expect-error a relation of other rows
void posts.list({ where: { related: some(models.Post, 'posts') } })
// @ts-expect-error a name of this model that leads to another one
void posts.list({ where: { related: some(models.Comment, 'author') } })
// @ts-expect-error a column of this model and not of the related one
void posts.list({ where: { related: some(models.Comment, 'comments', { title: 'x' }) } })
// @ts-expect-error each of them is asked something
void posts.list({ where: { related: every(models.Comment, 'comments') } })
// @ts-expect-error a relation of the inner rows is not one of the outer ones
void users.list({ where: { related: some(models.Comment, 'comments', { related: some(models.Comment, 'comments') }) } })
