import { User, id, loose, refuses, thing, two } from '../../../test/support/refusals.ts'
import { integer, reference, smallint, softDelete, text, uuid } from '../index.ts'

refuses('references', [
  [
    'a model outside of the graph',
    thing({ userId: reference(User) }),
    'Thing.userId: refers to the table "users", which no model of the graph has → Add its model to graph({ … })',
  ],
  [
    'a misspelt table',
    { User: loose('users', { id }), ...thing({ userId: reference('user', { key: uuid() }) }) },
    'Thing.userId: refers to the table "user", which no model of the graph has → Write users',
  ],
  [
    'a key of several columns',
    { Pair: two, ...thing({ pairId: reference(two) }) },
    'Thing.pairId: refers to Pair, whose key is a and b → Declare it in options.references with columns and targetColumns',
  ],
  [
    'a key of another type',
    { User: loose('users', { id }), ...thing({ userId: reference('users', { key: integer() }) }) },
    'Thing.userId: is integer, but User.id is uuid → Give both the same type',
  ],
  [
    'a key of another length',
    {
      User: loose('users', { id: text().length(1, 9).primaryKey() }),
      ...thing({ userId: reference('users', { key: text().length(1, 8) }) }),
    },
    'Thing.userId: is text(8), but User.id is text(9) → Give both the same type',
  ],
  [
    'unknown columns on both sides',
    {
      Pair: two,
      ...thing({ a: integer() }, { references: [{ columns: ['a', 'x'], target: two, targetColumns: ['a', 'bb'] }] }),
    },
    'Thing.a+x: Thing has no column "x" → Name a column of Thing',
    'Thing.a+x: Pair has no column "bb" → Write b',
  ],
  [
    'more columns than target columns',
    {
      Pair: two,
      ...thing(
        { a: integer(), b: integer() },
        { references: [{ columns: ['a', 'b'], target: two, targetColumns: ['a'] }] },
      ),
    },
    'Thing.a+b: pairs 2 columns with 1 → Name one target column for each column',
  ],
  [
    'target columns that are no key',
    {
      Pair: two,
      ...thing(
        { a: integer(), b: integer() },
        { references: [{ columns: ['a', 'b'], target: 'pairs', targetColumns: ['b', 'a'] }] },
      ),
    },
    'Thing.a+b: b and a of Pair is no key → Refer to its primary key (a, b) in order, or make the columns unique with { global: true }',
  ],
  [
    'columns of which some may be null',
    {
      Pair: two,
      ...thing(
        { a: integer(), b: integer().nullable() },
        { references: [{ columns: ['a', 'b'], target: two, targetColumns: ['a', 'b'] }] },
      ),
    },
    'Thing.a+b: only b may be null → Make all its columns nullable, or none',
  ],
  [
    'columns of other types',
    {
      Pair: two,
      ...thing(
        { a: integer(), b: smallint() },
        { references: [{ columns: ['a', 'b'], target: two, targetColumns: ['a', 'b'] }] },
      ),
    },
    'Thing.b: is smallint, but Pair.b is integer → Give both the same type',
  ],
  [
    'two references on one column',
    {
      User: loose('users', { id }),
      ...thing(
        { userId: reference('users', { key: uuid() }) },
        { references: [{ columns: ['userId'], target: 'users', targetColumns: ['id'] }] },
      ),
    },
    'Thing.userId: has two references → Keep one of them',
  ],
  [
    'setNull on a column that may not be null',
    { User: loose('users', { id }), ...thing({ userId: reference('users', { key: uuid(), onDelete: 'setNull' }) }) },
    "Thing.userId: onDelete: 'setNull' on a column that may not be null → Add nullable(), or choose restrict or cascade",
  ],
  [
    'setNull towards soft-deleted rows',
    {
      User: loose('users', { id, ...softDelete() }),
      ...thing({ userId: reference('users', { key: uuid(), onDelete: 'setNull' }).nullable() }),
    },
    "Thing.userId: onDelete: 'setNull' towards User, whose deletes can be restored → Choose keep, restrict or cascade",
  ],
  [
    'keep towards rows that have no trash',
    { User: loose('users', { id }), ...thing({ userId: reference('users', { key: uuid(), onDelete: 'keep' }) }) },
    "Thing.userId: onDelete: 'keep' towards User, whose deletes are for good → Choose restrict, cascade or setNull, or add softDelete() to User",
  ],
])
