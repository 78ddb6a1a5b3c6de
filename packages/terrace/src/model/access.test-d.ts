import { actor, memberOf, model, oneOf, reference, text, uuid } from './index.ts'

const id = uuid().primaryKey()
const User = model('users', { id }, { access: actor() })
const Club = model('clubs', { id }, { access: memberOf('clubs', { through: 'members' }) })
const Member = model('members', {
  id,
  clubId: reference(Club),
  userId: reference(User),
  role: oneOf('member', 'staff'),
  rank: text().length(1, 9),
})

// By a table's name nothing is known of the membership; `graph()` checks it.
memberOf(Club, { through: 'members', write: ['anything'], role: 'rank', actor: 'userId' })
memberOf('clubs', { through: 'members', read: 'everyone', write: 'nobody' })

// By value, roles are those that its column can hold, and columns are its own.
memberOf(Club, { through: Member, read: ['member', 'staff'], write: ['staff'] })
memberOf(Club, { through: Member, write: ['anything'], role: 'rank' })
memberOf(Club, { through: Member, actor: 'userId', group: 'clubId' })
// @ts-expect-error no member has this role
memberOf(Club, { through: Member, write: ['staf'] })
// @ts-expect-error no member has this role
memberOf(Club, { through: Member, read: ['guest'] })
// @ts-expect-error no such column
memberOf(Club, { through: Member, actor: 'userID' })
// @ts-expect-error everyone reads, and never writes
memberOf(Club, { through: Member, write: 'everyone' })
// @ts-expect-error a role of the session is another thing than a role of a member
memberOf(Club, { through: Member, write: { role: 'staff' } })
// @ts-expect-error the membership must be named
memberOf(Club, {})
