import { expect, test } from 'vitest'
import { id, loose, refuses, User } from '../../../test/support/refusals.ts'
import { graph, integer, memberOf, oneOf, ownedThrough, owner, reference, shared, text, uuid } from '../index.ts'
import type { AccessSpec, Columns, Model, ModelOptionsSpec, Models } from '../index.ts'

const Club = loose('clubs', { id }, { access: memberOf('clubs', { through: 'members' }) })
const role = oneOf('member', 'staff')
const seat = { id, clubId: reference(Club), userId: reference(User) }
const Member = member(seat)
const title = text().length(1, 10)

/** A membership written by staff, unless it says otherwise. */
function member(columns: Columns, options: ModelOptionsSpec = {}): Model {
  const access = memberOf('clubs', { through: 'members', write: ['staff'] })
  return loose('members', { role, ...columns }, { access, ...options })
}

function notice(access: AccessSpec, columns: Columns = { clubId: reference(Club) }): Model {
  return loose('notices', { id, title, ...columns }, { access })
}

/** The smallest graph with groups, and what is wrong in one of its models. */
const withNotice = (Notice: Model, Membership: Model = Member, Group: Model = Club): Models => ({
  User,
  Club: Group,
  Member: Membership,
  Notice,
})

const untyped = (options: object): AccessSpec => memberOf(Club, { through: Member, ...options } as never)

refuses('groups and memberships', [
  [
    'a group that no model has',
    withNotice(notice(memberOf('club', { through: 'members' }))),
    'Notice, memberOf(\'club\'): no model of the graph has the table "club" → Write clubs',
  ],
  [
    'a membership that no model has',
    withNotice(notice(memberOf(Club, { through: 'seats' }))),
    'Notice, memberOf(\'clubs\').through: no model of the graph has the table "seats" → Add its model to graph({ … })',
  ],
  [
    'a group whose key has two columns',
    {
      User,
      Pair: loose(
        'pairs',
        { a: integer().primaryKey(), b: integer().primaryKey() },
        { access: shared({ write: 'nobody' }) },
      ),
      Club,
      Member,
      Notice: notice(memberOf('pairs', { through: 'members' })),
    },
    "Notice, memberOf('pairs'): Pair has the key a and b: a membership is asked for by one value → Give Pair a key of one column, and make the others unique",
  ],
  [
    'a model that refers to no group',
    withNotice(notice(memberOf(Club, { through: Member }), {})),
    "Notice, memberOf('clubs'): Notice has no column that refers to Club → Add one: reference(Club)",
  ],
  [
    'a model that refers to two groups, of which none is named',
    withNotice(notice(memberOf(Club, { through: Member }), { clubId: reference(Club), guestId: reference(Club) })),
    "Notice, memberOf('clubs'): clubId and guestId refer to Club → Name one of them: { by: 'clubId' }",
  ],
  [
    'an unknown column to the group',
    withNotice(notice(memberOf(Club, { through: Member, by: 'clubID' }))),
    'Notice, memberOf(\'clubs\').by: Notice has no column "clubID" → Write clubId',
  ],
  [
    'a column that does not refer to the group',
    withNotice(notice(memberOf(Club, { through: Member, by: 'title' }))),
    "Notice, memberOf('clubs').by: Notice.title does not refer to Club → Name clubId",
  ],
  [
    'a group that may be missing',
    withNotice(notice(memberOf(Club, { through: Member }), { clubId: reference(Club).nullable() })),
    "Notice, memberOf('clubs'): Notice.clubId may be null: such a row would be reached by nobody → Remove nullable()",
  ],
  [
    'a column of the group to itself',
    { User, Club: loose('clubs', { id }, { access: memberOf('clubs', { through: 'members', by: 'id' }) }), Member },
    "Club, memberOf('clubs').by: Club is the group itself → Leave by out",
  ],
  [
    'a membership that refers to no group',
    withNotice(notice(memberOf(Club, { through: 'members' })), loose('members', { id, role, userId: owner(User) })),
    "Club, memberOf('clubs'), Member: Member has no column that refers to Club → Add one: reference(Club)",
    "Notice, memberOf('clubs'), Member: Member has no column that refers to Club → Add one: reference(Club)",
  ],
  [
    'a membership that refers to two actors, of which none is named',
    { User, Club, Member: member({ ...seat, byId: reference(User) }) },
    "Club, memberOf('clubs'), Member: userId and byId refer to a model with actor() → Name one of them: { actor: 'userId' }",
    "Member, memberOf('clubs'), Member: userId and byId refer to a model with actor() → Name one of them: { actor: 'userId' }",
  ],
  [
    'a member who is no actor',
    { User, Club, Food: food(), Member: member({ id, clubId: reference(Club), foodId: reference(food()) }) },
    "Club, memberOf('clubs'), Member: Member has no column that refers to a model with actor() → Add one: reference(User)",
    "Member, memberOf('clubs'), Member: Member has no column that refers to a model with actor() → Add one: reference(User)",
  ],
  [
    'a named member who is no actor',
    withNotice(notice(memberOf(Club, { through: Member, actor: 'clubId' }))),
    "Notice, memberOf('clubs'), Member: Member has no column that refers to Club → Add one: reference(Club)",
    "Notice, memberOf('clubs'), Member.actor: Member.clubId does not refer to a model with actor() → Name userId",
  ],
  [
    'members and groups that may be missing',
    {
      User,
      Club,
      Member: member(
        { id, clubId: reference(Club).nullable(), userId: reference(User).nullable() },
        { access: shared({ write: 'nobody' }) },
      ),
    },
    "Club, memberOf('clubs'), Member: Member.clubId may be null: such a row would be reached by nobody → Remove nullable()",
    "Club, memberOf('clubs'), Member: Member.userId may be null: such a row would be reached by nobody → Remove nullable()",
  ],
])

refuses('roles of members', [
  [
    'roles where the membership has none',
    {
      User,
      Club,
      Member: loose('members', seat, { access: memberOf('clubs', { through: 'members' }) }),
      Notice: notice(memberOf('clubs', { through: 'members', write: ['staff'] })),
    },
    'Notice, memberOf(\'clubs\'): Member has no column "role" → Name a column of Member',
  ],
  [
    'a role by an unknown column',
    withNotice(notice(memberOf(Club, { through: Member, write: ['staff'], role: 'roles' }))),
    'Notice, memberOf(\'clubs\').role: Member has no column "roles" → Write role',
  ],
  [
    'a role in a column of numbers',
    withNotice(
      notice(memberOf(Club, { through: 'members', write: ['staff'], role: 'rank' })),
      member({ ...seat, rank: integer() }),
    ),
    "Notice, memberOf('clubs').role: Member.rank is integer → Declare it as oneOf(…), or as text",
  ],
  [
    'a role in a text without case',
    withNotice(
      notice(memberOf(Club, { through: 'members', write: ['staff'], role: 'rank' })),
      member({ ...seat, rank: text().length(1, 9).ignoreCase() }),
    ),
    "Notice, memberOf('clubs').role: Member.rank is a text without case → Declare it as oneOf(…), or as text",
  ],
  [
    'a role that nobody can have',
    withNotice(notice(untyped({ read: ['staff', 'guest'], write: ['staf'] }))),
    'Notice, memberOf(\'clubs\'): Member.role is never "guest" → Name one of "member", "staff"',
    'Notice, memberOf(\'clubs\'): Member.role is never "staf" → Write staff',
  ],
  [
    'a list of no role',
    withNotice(notice(untyped({ write: [] }))),
    "Notice, memberOf('clubs').write: names no role → Say 'members', 'nobody' or a list of roles",
  ],
  [
    'readers and writers that nothing says who they are',
    withNotice(notice(untyped({ read: 'nobody', write: 'everyone' }))),
    "Notice, memberOf('clubs').read: \"nobody\" is not known → Say 'members', 'everyone' or a list of roles",
    "Notice, memberOf('clubs').write: \"everyone\" is not known → Say 'members', 'nobody' or a list of roles",
  ],
  [
    'a single role outside of a list',
    withNotice(notice(untyped({ write: { role: 'staff' } }))),
    "Notice, memberOf('clubs').write: is no list of roles → Say 'members', 'nobody' or a list of roles",
  ],
  [
    'members who write what they do not read',
    withNotice(notice(untyped({ read: ['staff'] }))),
    "Notice, memberOf('clubs'): a member writes what it does not read → Let all who write read too",
  ],
  [
    'a role that writes what it does not read',
    withNotice(notice(untyped({ read: ['staff'], write: ['member'] }))),
    'Notice, memberOf(\'clubs\'): the role "member" writes what it does not read → Let all who write read too',
  ],
])

const ownMembership =
  "Notice, memberOf('clubs'): each User writes Member, and so gives himself the role \"staff\" → Say on Member who writes memberships: memberOf('clubs', { through: 'members', write: ['staff'] })"

refuses('who writes memberships', [
  [
    'memberships that everyone writes',
    {
      User,
      Club,
      Member: loose('members', { role, ...seat }, { access: shared({ write: 'everyone' }) }),
    },
    "Club, memberOf('clubs'): everyone writes Member, and so makes himself a member → Give Member an access of its own: memberOf('clubs', { through: 'members', write: […] })",
  ],
  [
    'roles that each member can give himself',
    {
      User,
      Club,
      Member: loose('members', { role, ...seat }, { access: memberOf('clubs', { through: 'members' }) }),
      Notice: notice(memberOf('clubs', { through: 'members', write: ['staff'] })),
    },
    "Notice, memberOf('clubs'): each member writes Member, and so gives himself the role \"staff\" → Say on Member who writes memberships: memberOf('clubs', { through: 'members', write: ['staff'] })",
  ],
  [
    'roles that each member can give himself by way of the group',
    {
      User,
      Club,
      Member: loose('members', { role, ...seat }, { access: ownedThrough('clubId') }),
      Notice: notice(memberOf('clubs', { through: 'members', write: ['staff'] })),
    },
    "Notice, memberOf('clubs'): each member writes Member, and so gives himself the role \"staff\" → Say on Member who writes memberships: memberOf('clubs', { through: 'members', write: ['staff'] })",
  ],
  [
    'roles that each user can give himself, as the owner of his membership',
    withNotice(
      notice(memberOf('clubs', { through: 'members', write: ['staff'] })),
      loose('members', { role, ...seat, userId: owner(User) }),
    ),
    ownMembership,
  ],
  [
    'roles that each user can give himself, as the row that he is',
    withNotice(
      notice(memberOf('clubs', { through: 'members', write: ['staff'] })),
      loose('members', { role, ...seat }, { access: ownedThrough('userId') }),
    ),
    ownMembership,
  ],
  [
    'roles that each user can give himself, as whoever invites',
    withNotice(
      notice(memberOf('clubs', { through: 'members', actor: 'userId', write: ['staff'] })),
      loose('members', { role, ...seat, byId: owner(User) }),
      loose('clubs', { id }, { access: shared({ write: 'nobody' }) }),
    ),
    ownMembership,
  ],
  [
    'memberships of which it is not said who sees them',
    { User, Club, Member: loose('members', { role, ...seat }) },
    "Member: does not say who sees its rows, in a graph that has owners → Add owner(…), or access: ownedThrough('…'), memberOf(…), shared({ write: 'nobody' }) or actor()",
  ],
  [
    'an owner and a group',
    withNotice(notice(memberOf(Club, { through: Member }), { clubId: reference(Club), userId: owner(User) })),
    'Notice: says twice who sees it: userId, access: memberOf → Keep one of them',
  ],
])

function food(): Model {
  return loose('foods', { id: uuid().primaryKey() }, { access: shared({ write: 'nobody' }) })
}

test('memberships are written by whoever owns the group, and without roles each joins for himself', () => {
  const Owned = loose('clubs', { id, ownerId: owner(User) })
  const access = memberOf('clubs', { through: 'members', write: ['staff'] })
  const ofGroup = loose('members', { role, ...seat }, { access: ownedThrough('clubId') })
  expect(() => graph(withNotice(notice(access), ofGroup, Owned))).not.toThrow()
  const joining = loose('members', { id, clubId: reference(Club), userId: owner(User) })
  expect(() => graph(withNotice(notice(memberOf('clubs', { through: 'members' })), joining))).not.toThrow()
})
