import {
  actor,
  graph,
  memberOf,
  model,
  oneOf,
  ownedThrough,
  owner,
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
/** Below a membership, and gone with it. */
const Badge = model(
  'badges',
  {
    id,
    memberId: reference(CommunityMember, { inverse: 'badges', onDelete: 'cascade' }),
    label: text().length(1, 40),
    ...softDelete(),
  },
  { access: ownedThrough('memberId') },
)
/** Read by members, written by staff. */
const Notice = model(
  'notices',
  {
    id,
    communityId: reference(Community, { inverse: 'notices', onDelete: 'cascade' }),
    title: text().length(1, 40).unique(),
    replyToId: reference('notices', { key: key(), as: 'replyTo', inverse: 'replies', onDelete: 'keep' }).nullable(),
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
/** As far below a group as a row may be. */
const Echo = model(
  'echoes',
  {
    id,
    reactionId: reference(Reaction, { inverse: 'echoes', onDelete: 'cascade' }),
    text: text().length(1, 9),
    ...softDelete(),
  },
  { access: ownedThrough('reactionId') },
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

/** Of one community, and about another. */
const Greeting = model(
  'greetings',
  {
    id,
    fromId: reference(Community, { as: 'from', onDelete: 'keep' }),
    toId: reference(Community, { as: 'to', onDelete: 'keep' }),
    body: text().length(1, 40),
  },
  { access: memberOf(Community, { through: CommunityMember, by: 'toId', write: ['staff', 'member'] }) },
)

/** A group that belongs to one user, who says who else may see and change what is on it. */
const List = model('lists', { id, userId: owner(User), title: text().length(1, 40), ...softDelete() })
const ListGuest = model(
  'list_guests',
  {
    listId: reference(List, { inverse: 'guests', onDelete: 'cascade' }).primaryKey(),
    guestId: reference(User, { onDelete: 'cascade' }).primaryKey(),
    invitedById: reference(User).nullable(),
    may: text().length(1, 9),
  },
  { access: ownedThrough('listId') },
)
const ListItem = model(
  'list_items',
  { id, listId: reference(List, { inverse: 'items', onDelete: 'cascade' }), label: text().length(1, 40) },
  {
    access: memberOf(List, { through: ListGuest, actor: 'guestId', group: 'listId', role: 'may', write: ['write'] }),
  },
)

export const models = graph({
  User,
  Community,
  CommunityMember,
  Badge,
  Notice,
  Comment,
  Reaction,
  Echo,
  Post,
  Report,
  Photo,
  Greeting,
  List,
  ListGuest,
  ListItem,
})
