import {
  actor,
  graph,
  memberOf,
  model,
  oneOf,
  ownedThrough,
  reference,
  softDelete,
  text,
} from '../../../src/model/index.ts'

const key = () => text().length(1, 40)
const id = key().primaryKey()

const User = model('users', { id, ...softDelete() }, { access: actor() })
const Community = model(
  'communities',
  { id, name: text().length(1, 40).unique(), ...softDelete() },
  { access: memberOf('communities', { through: 'community_members', write: ['staff'] }) },
)
const CommunityMember = model(
  'community_members',
  {
    id,
    communityId: reference(Community, { inverse: 'members', onDelete: 'cascade' }),
    userId: reference(User, { inverse: 'memberships', onDelete: 'cascade' }),
    role: oneOf('member', 'staff', 'guest').default('member'),
    ...softDelete(),
  },
  {
    access: memberOf(Community, { through: 'community_members', write: ['staff'] }),
    uniques: [['communityId', 'userId']],
  },
)
/** Read by members, written by staff. */
const Notice = model(
  'notices',
  {
    id,
    communityId: reference(Community, { inverse: 'notices', onDelete: 'cascade' }),
    title: text().length(1, 40).unique(),
    replyToId: reference('notices', { key: key(), as: 'replyTo', inverse: 'replies' }).nullable(),
    ...softDelete(),
  },
  { access: memberOf(Community, { through: CommunityMember, write: ['staff'] }) },
)
const Comment = model(
  'comments',
  {
    id,
    noticeId: reference(Notice, { inverse: 'comments', onDelete: 'cascade' }),
    body: text().length(1, 40),
    ...softDelete(),
  },
  { access: ownedThrough('noticeId') },
)
const Reaction = model(
  'reactions',
  { id, commentId: reference(Comment, { inverse: 'reactions', onDelete: 'cascade' }), sign: text().length(1, 9) },
  { access: ownedThrough('commentId') },
)
/** Read by everyone, written by members. */
const Post = model(
  'posts',
  {
    id,
    communityId: reference(Community, { inverse: 'posts', onDelete: 'keep' }),
    body: text().length(1, 40),
    ...softDelete(),
  },
  { access: memberOf(Community, { through: CommunityMember, read: 'everyone' }) },
)
/** Read by staff, written by nobody in a scope. */
const Report = model(
  'reports',
  { id, communityId: reference(Community, { onDelete: 'keep' }), body: text().length(1, 40) },
  { access: memberOf(Community, { through: CommunityMember, read: ['staff'], write: 'nobody' }) },
)
/** Read and written by members of either role, and kept for good. */
const Photo = model(
  'photos',
  { id, communityId: reference(Community, { onDelete: 'cascade' }), caption: text().length(1, 40) },
  { access: memberOf(Community, { through: CommunityMember, read: ['member', 'staff'], write: ['member', 'staff'] }) },
)

export const models = graph({
  User,
  Community,
  CommunityMember,
  Notice,
  Comment,
  Reaction,
  Post,
  Report,
  Photo,
})
