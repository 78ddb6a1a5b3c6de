import { id, loose, refuses, thing } from '../../../test/support/refusals.ts'
import { integer, reference, text, uuid } from '../index.ts'

refuses('includes', [
  [
    'a reference named like a column',
    { User: loose('users', { id }), ...thing({ userId: reference('users', { key: uuid() }), user: text() }) },
    'Thing.userId: is included as "user", which is the column Thing.user → Give it another name with { as: \'…\' }',
  ],
  [
    'an inverse named like a column',
    {
      User: loose('users', { id, things: integer() }),
      ...thing({ userId: reference('users', { key: uuid(), inverse: 'things' }) }),
    },
    'Thing.userId: is included as "things", which is the column User.things → Give it another name with { inverse: \'…\' }',
  ],
  [
    'two inverses of one name',
    {
      User: loose('users', { id }),
      ...thing({
        userId: reference('users', { key: uuid(), inverse: 'things' }),
        otherId: reference('users', { key: uuid(), inverse: 'things' }),
      }),
    },
    'Thing.otherId: is included as "things", which is the inverse of Thing.userId → Give it another name with { inverse: \'…\' }',
  ],
  [
    'an inverse that is no identifier',
    { User: loose('users', { id }), ...thing({ userId: reference('users', { key: uuid(), inverse: 'my things' }) }) },
    'Thing.userId: "my things" is no name of an include → Give inverse a camelCase name',
  ],
  [
    'an include named like a property of objects',
    { User: loose('users', { id }), ...thing({ userId: reference('users', { key: uuid(), as: 'constructor' }) }) },
    'Thing.userId: "constructor" is no name of an include → Give as a camelCase name',
  ],
])
