import { Dao } from '../../../src/dao/index.ts'
import {
  actor,
  graph,
  integer,
  model,
  ownedThrough,
  owner,
  reference,
  softDelete,
  text,
  uuid,
} from '../../../src/model/index.ts'

interface Variant {
  /** How many letters a note has room for. Default 100. */
  readonly bodyLength?: number
  /** The handles of users that an empty table gets. */
  readonly seeds?: readonly { readonly id: number; readonly handle: string }[]
}

/** Who writes notes for themselves and posts for everyone, and likes the posts of others. */
export function socialModels({ bodyLength = 100, seeds = [] }: Variant = {}) {
  const User = model(
    'users',
    { id: integer().primaryKey(), handle: text().length(1, 40) },
    { access: actor(), ...(seeds.length === 0 ? {} : { seeds }) },
  )
  const Post = model('posts', {
    id: uuid().primaryKey(),
    userId: owner(User, { read: 'everyone' }),
    slug: text().length(1, 40).unique({ global: true }),
    ...softDelete(),
  })
  const Like = model('likes', { id: uuid().primaryKey(), userId: owner(User), postId: reference(Post) })
  const Note = model('notes', {
    id: uuid().primaryKey(),
    userId: owner(User),
    body: text().length(1, bodyLength),
    ...softDelete(),
  })
  const Line = model(
    'lines',
    { id: uuid().primaryKey(), noteId: reference(Note, { onDelete: 'cascade' }), words: text().length(0, 100) },
    { access: ownedThrough('noteId') },
  )
  return graph({ User, Post, Like, Note, Line })
}

/** The same tables, whose users have keys of another type. */
export function retypedModels() {
  const User = model(
    'users',
    { id: text().length(1, 20).primaryKey(), handle: text().length(1, 40) },
    { access: actor() },
  )
  const Post = model('posts', {
    id: uuid().primaryKey(),
    userId: owner(User, { read: 'everyone' }),
    slug: text().length(1, 40).unique({ global: true }),
    ...softDelete(),
  })
  const Like = model('likes', { id: uuid().primaryKey(), userId: owner(User), postId: reference(Post) })
  const Note = model('notes', {
    id: uuid().primaryKey(),
    userId: owner(User),
    body: text().length(1, 100),
    ...softDelete(),
  })
  const Line = model(
    'lines',
    { id: uuid().primaryKey(), noteId: reference(Note, { onDelete: 'cascade' }), words: text().length(0, 100) },
    { access: ownedThrough('noteId') },
  )
  return graph({ User, Post, Like, Note, Line })
}

export const social = socialModels()
export class UserDao extends Dao(social.User) {}
export class PostDao extends Dao(social.Post) {}
export class LikeDao extends Dao(social.Like) {}
export class NoteDao extends Dao(social.Note) {}
export class LineDao extends Dao(social.Line) {}
