import {
  actor,
  graph,
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

const key = () => text().length(1, 40)
const id = key().primaryKey()

const Person = model('people', { id }, { access: actor() })
/** A second sort of actor, which most models know nothing of. */
const Guest = model('guests', { id }, { access: actor() })

/** Read by everyone, and without a trash. */
const Poem = model('poems', { id, personId: owner(Person, { read: 'everyone' }), title: text().length(1, 40) })
/** The same, below it. */
const Verse = model(
  'verses',
  { id, poemId: reference(Poem, { inverse: 'verses' }).column('poem'), line: text().length(1, 40) },
  { access: ownedThrough('poemId') },
)
/** A trash below a row that has none. */
const Word = model(
  'words',
  { id, verseId: reference(Verse, { inverse: 'words' }), ...softDelete() },
  { access: ownedThrough('verseId') },
)

/** A group that everyone sees and nobody deletes. */
const Club = model('clubs', { id, name: text().length(1, 40) }, { access: shared({ write: { role: 'admin' } }) })
/** A membership that is never deleted, and written by those with a rank. */
const Seat = model(
  'seats',
  { id, clubId: reference(Club), personId: reference(Person), rank: oneOf('low', 'high') },
  { access: memberOf(Club, { through: 'seats', role: 'rank', write: ['high'] }) },
)
/** Read by everyone, written by members, without a trash. */
const Sign = model(
  'signs',
  { id, clubId: reference(Club), words: text().length(1, 40) },
  { access: memberOf(Club, { through: Seat, read: 'everyone' }) },
)
/** Below it: whoever refers to a sign must be one who may change it. */
const Letter = model('letters', { id, signId: reference(Sign) }, { access: ownedThrough('signId') })
/** Read by everyone, written by nobody. */
const Rule = model(
  'rules',
  { id, clubId: reference(Club), words: text().length(1, 40), ...softDelete() },
  { access: memberOf(Club, { through: Seat, read: 'everyone', write: 'nobody' }) },
)
/** Read by members of one rank. */
const Secret = model(
  'secrets',
  { id, clubId: reference(Club), ruleId: reference(Rule).nullable(), signId: reference(Sign), ...softDelete() },
  { access: memberOf(Club, { through: Seat, role: 'rank', read: ['high'], write: 'nobody' }) },
)

/** Everyone's, and refers to what everyone sees, to what members see and to actors. */
const Mention = model(
  'mentions',
  {
    id,
    clubId: reference(Club),
    seatId: reference(Seat),
    guestId: reference(Guest).nullable(),
    coatId: reference('coats', { key: key() }).nullable(),
  },
  { access: shared({ write: 'everyone' }) },
)

/** A membership with a trash that goes with a group which has none. */
const Pass = model('passes', {
  id,
  clubId: reference(Club, { onDelete: 'cascade' }),
  personId: owner(Person),
  ...softDelete(),
})
const Party = model(
  'parties',
  { id, clubId: reference(Club, { onDelete: 'cascade' }), ...softDelete() },
  { access: memberOf(Club, { through: Pass }) },
)

/** A group without a trash that is read by its members alone. */
const Guild = model('guilds', { id }, { access: memberOf('guilds', { through: 'guild_members' }) })
const GuildMember = model(
  'guild_members',
  { id, guildId: reference(Guild), personId: reference(Person) },
  { access: memberOf(Guild, { through: 'guild_members' }) },
)

/** A group with a trash, and a membership with one that does not go with it. */
const Troupe = model('troupes', { id, ...softDelete() }, { access: shared({ write: 'nobody' }) })
const Stall = model(
  'stalls',
  { troupeId: key().primaryKey(), number: key().primaryKey(), ...softDelete() },
  { access: shared({ write: 'nobody' }) },
)
const Ticket = model(
  'tickets',
  {
    id,
    troupeId: reference(Troupe, { onDelete: 'keep' }),
    number: key(),
    personId: owner(Person),
    poemId: reference(Poem, { onDelete: 'cascade' }).nullable(),
    ...softDelete(),
  },
  {
    references: [
      {
        columns: ['troupeId', 'number'],
        target: Stall,
        targetColumns: ['troupeId', 'number'],
        as: 'stall',
        inverse: 'tickets',
        onDelete: 'cascade',
      },
    ],
  },
)
const Show = model(
  'shows',
  { id, troupeId: reference(Troupe, { onDelete: 'keep' }), signId: reference(Sign), poemId: reference(Poem) },
  { access: memberOf(Troupe, { through: Ticket }) },
)
/** Refers to what everyone sees, and to an actor of another sort. */
const Tour = model(
  'tours',
  { id, showId: reference(Show), verseId: reference(Verse), guestId: reference(Guest), ...softDelete() },
  { access: ownedThrough('showId') },
)

/** Known by two columns. */
const Room = model(
  'rooms',
  { house: key().primaryKey(), number: key().primaryKey(), ...softDelete() },
  { access: shared({ write: 'nobody' }) },
)
/** Known by its owner and a number. */
const Locker = model('lockers', {
  personId: owner(Person).primaryKey(),
  number: key().primaryKey(),
  ...softDelete(),
})
/** Refers to each of them by both columns, once with its owner as one of them. */
const Coat = model(
  'coats',
  {
    id,
    personId: owner(Person),
    number: key(),
    house: key().nullable(),
    room: key().nullable(),
  },
  {
    references: [
      {
        columns: ['personId', 'number'],
        target: Locker,
        targetColumns: ['personId', 'number'],
        as: 'locker',
        inverse: 'coats',
      },
      { columns: ['house', 'room'], target: Room, targetColumns: ['house', 'number'], as: 'place', inverse: 'coats' },
    ],
  },
)

/** Models of the rarer sorts: without a trash where others have one, seen by more than may change them, groups without an owner. */
export const clubGraph = graph({
  Person,
  Guest,
  Poem,
  Verse,
  Word,
  Club,
  Seat,
  Sign,
  Letter,
  Rule,
  Secret,
  Mention,
  Pass,
  Party,
  Guild,
  GuildMember,
  Troupe,
  Stall,
  Ticket,
  Show,
  Tour,
  Room,
  Locker,
  Coat,
}).Person.graph
