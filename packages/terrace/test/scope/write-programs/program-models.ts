import {
  actor,
  graph,
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
  timestamps,
} from '../../../src/model/index.ts'

const name = () => text().length(1, 40)
const id = () => name().primaryKey()

const Device = model('devices', { id: id(), label: name(), ...softDelete() }, { access: actor() })
const User = model('users', { id: id(), label: name() }, { access: actor() })
const Food = model('foods', { id: id(), name: name(), ...softDelete() }, { access: shared({ write: 'nobody' }) })
const Tag = model('tags', { id: id(), name: name() }, { access: shared({ write: { role: 'editor' } }) })
const Board = model('boards', { id: id(), name: name(), ...softDelete() }, { access: shared({ write: 'everyone' }) })
const Shelf = model('shelves', {
  id: id(),
  deviceId: owner(Device),
  parentId: reference('shelves', { key: name(), inverse: 'children', onDelete: 'cascade' }).nullable(),
  name: name().unique(),
  note: name().nullable(),
  ...timestamps(),
  ...softDelete(),
})
const Thing = model(
  'things',
  {
    id: id(),
    shelfId: reference(Shelf, { inverse: 'things', onDelete: 'cascade' }),
    foodId: reference(Food).nullable(),
    name: name().ignoreCase(),
    grams: integer(),
    ...softDelete(),
  },
  { access: ownedThrough('shelfId'), uniques: [['name']] },
)
const Part = model(
  'parts',
  { id: id(), thingId: reference(Thing, { inverse: 'parts', onDelete: 'cascade' }), size: oneOf('small', 'large') },
  { access: ownedThrough('thingId') },
)
const Entry = model('entries', {
  id: id(),
  deviceId: owner(Device),
  thingId: reference(Thing, { inverse: 'entries', onDelete: 'restrict' }).nullable(),
  shelfId: reference(Shelf, { inverse: 'entries', onDelete: 'keep' }).nullable(),
  grams: integer(),
  ...softDelete(),
})
const Post = model('posts', {
  id: id(),
  userId: owner(User, { read: 'everyone' }),
  name: name().unique(),
  ...softDelete(),
})
const Comment = model(
  'comments',
  { id: id(), postId: reference(Post, { inverse: 'comments', onDelete: 'cascade' }), name: name() },
  { access: ownedThrough('postId') },
)
const Club = model(
  'clubs',
  { id: id(), name: name(), ...softDelete() },
  { access: memberOf('clubs', { through: 'club_members', write: ['staff'] }) },
)
const ClubMember = model(
  'club_members',
  { id: id(), clubId: reference(Club), userId: reference(User), role: oneOf('member', 'staff') },
  { access: memberOf(Club, { through: 'club_members', write: ['staff'] }) },
)
const Notice = model(
  'notices',
  { id: id(), clubId: reference(Club, { onDelete: 'cascade' }), name: name(), ...softDelete() },
  { access: memberOf(Club, { through: ClubMember, write: ['staff'] }) },
)

/** Every sort of access; of owned rows each owner has ones that look alike, alive and deleted. */
export const models = graph({
  Device,
  User,
  Food,
  Tag,
  Board,
  Shelf,
  Thing,
  Part,
  Entry,
  Post,
  Comment,
  Club,
  ClubMember,
  Notice,
})

export type ModelName = keyof typeof models
