import {
  actor,
  array,
  boolean,
  date,
  graph,
  identity,
  integer,
  memberOf,
  model,
  oneOf,
  ownedThrough,
  owner,
  reference,
  shared,
  softDelete,
  text,
} from '../../src/model/index.ts'

const User = model('users', { id: text().length(1, 20).primaryKey(), name: text().length(1, 40) }, { access: actor() })
/** Everyone's. */
const Topic = model(
  'topics',
  {
    id: text().length(1, 20).primaryKey(),
    name: text().length(1, 40).ignoreCase().filterable('contains', 'startsWith', 'endsWith'),
    parentId: reference('topics', { key: text().length(1, 20), inverse: 'children' }).nullable(),
  },
  { access: shared({ write: 'everyone' }) },
)
const Post = model('posts', {
  id: text().length(1, 20).primaryKey(),
  userId: owner(User, { readable: true, as: 'author', inverse: 'posts' }),
  title: text().length(1, 60).ignoreCase().filterable('not', 'notIn', 'gt', 'contains', 'startsWith', 'endsWith'),
  body: text().filterable('not', 'contains', 'startsWith', 'endsWith'),
  kind: oneOf('essay', 'note'),
  stars: integer().nullable(),
  isOpen: boolean().default(false),
  day: date().nullable(),
  tags: array(text().length(1, 20)).nullable(),
  pin: integer().hidden().default(0),
  topicId: reference(Topic, { inverse: 'posts' }).nullable(),
  answersId: reference('posts', {
    key: text().length(1, 20),
    as: 'answers',
    inverse: 'replies',
    onDelete: 'keep',
  }).nullable(),
  ...softDelete(),
})
const Comment = model(
  'comments',
  {
    id: text().length(1, 20).primaryKey(),
    postId: reference(Post, { inverse: 'comments', onDelete: 'cascade' }),
    body: text().length(1, 60).filterable('contains'),
    score: integer().nullable(),
    secret: integer().hidden().default(0),
    ...softDelete(),
  },
  { access: ownedThrough('postId') },
)
/** One row for each post at the most. */
const Cover = model(
  'covers',
  { id: identity(), postId: reference(Post, { inverse: 'cover' }).unique(), color: text().length(1, 20) },
  { access: ownedThrough('postId') },
)
const Team = model(
  'teams',
  { id: text().length(1, 20).primaryKey(), name: text().length(1, 40) },
  { access: memberOf('teams', { through: 'members' }) },
)
const Member = model(
  'members',
  {
    id: identity(),
    teamId: reference(Team, { inverse: 'members' }),
    userId: reference(User, { inverse: 'memberships' }),
  },
  { access: memberOf(Team, { through: 'members' }) },
)
const Task = model(
  'tasks',
  {
    id: text().length(1, 20).primaryKey(),
    teamId: reference(Team, { inverse: 'tasks' }),
    postId: reference(Post, { inverse: 'tasks', onDelete: 'keep' }).nullable(),
    name: text().length(1, 40),
    ...softDelete(),
  },
  { access: memberOf(Team, { through: 'members' }) },
)

/** Relations of every sort: to one and to many, to itself, one to one; rows owned, owned through, of a group, and everyone's. */
export const journalModels = graph({ User, Topic, Post, Comment, Cover, Team, Member, Task })
