import { User, column, id, loose, refuses, thing, untyped } from '../../../test/support/refusals.ts'
import { identity, integer, native, owner, softDelete, text, timestamps, version } from '../index.ts'

refuses('marks', [
  [
    'hidden and writeOnly',
    column(text().hidden().writeOnly()),
    'Thing.it: is hidden and writeOnly: it could never be sent → Keep one of the two',
  ],
  [
    'readOnly and writeOnly',
    column(text().readOnly().writeOnly()),
    'Thing.it: is readOnly and writeOnly → Write hidden() if it never travels',
  ],
  [
    'a nullable key',
    { Thing: loose('things', { id: integer().primaryKey().nullable() }) },
    'Thing.id: is a key and nullable → Remove nullable()',
  ],
  [
    'a nullable owner',
    { User, Thing: loose('things', { id, userId: owner(User).nullable() }) },
    'Thing.userId: is an owner and nullable: a row without one would belong to nobody → Remove nullable()',
  ],
  [
    'a default on a key that Terrace makes',
    { Thing: loose('things', { id: id.default('0190b3c4-5d6e-7f80-9a1b-2c3d4e5f6071') }) },
    'Thing.id: has a default, but Terrace gives its value → Remove default()',
  ],
  [
    'a default on an identity',
    { Thing: loose('things', { id: identity().default(1) }) },
    'Thing.id: has a default, but Terrace gives its value → Remove default()',
  ],
  [
    'a default on a timestamp of ours',
    thing({ createdAt: timestamps().createdAt.default(new Date(0)) }),
    'Thing.createdAt: has a default, but Terrace gives its value → Remove default()',
  ],
  [
    'a default on a native column',
    column(native('tsvector').default('x')),
    'Thing.it: is native and has a default: Terrace never writes it → Remove default()',
  ],
  [
    'ignoreCase without a length',
    column(text().ignoreCase()),
    'Thing.it: is unbounded text with ignoreCase(): its folded companion carries an index → Bound it with length(min, max)',
  ],
  [
    'ignoreCase on a key',
    { Thing: loose('things', { id: text().length(1, 9).ignoreCase().primaryKey() }) },
    'Thing.id: is a key with ignoreCase(): keys are compared as they are → Add a column of its own with ignoreCase().unique()',
  ],
  [
    'ignoreCase on a number',
    column(untyped(integer())['ignoreCase']?.()),
    'Thing.it: is no text: ignoreCase() means nothing → Remove ignoreCase()',
  ],
  [
    'deletedAt without deletionId',
    thing({ deletedAt: softDelete().deletedAt }),
    'Thing: has one of deletedAt and deletionId without the other → Spread ...softDelete() whole',
  ],
  [
    'two columns for createdAt',
    thing({ createdAt: timestamps().createdAt, madeAt: timestamps().createdAt }),
    'Thing: has two columns for createdAt → Keep one of them',
  ],
  [
    'two versions',
    thing({ version: version(), revision: version() }),
    'Thing: has two columns for version → Keep one of them',
  ],
  [
    'a version that begins elsewhere',
    thing({ version: version().default(5) }),
    'Thing.version: has a default, but Terrace gives its value → Remove default()',
  ],
  [
    'a version that never leaves',
    thing({ version: version().hidden() }),
    'Thing.version: is the version: it is never null, changes with the row, and leaves as its ETag → Write version() without hidden(), writeOnly(), nullable(), immutable() or primaryKey()',
  ],
])
