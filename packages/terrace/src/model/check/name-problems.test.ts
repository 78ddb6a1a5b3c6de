import { column, id, loose, refuses, thing } from '../../../test/support/refusals.ts'
import { integer, text } from '../index.ts'
import type { Model } from '../index.ts'

refuses('names', [
  ['a model that is none', { Thing: {} as Model }, "Thing: is not a model → Declare it with model('table', { … })"],
  [
    'a column function that was not called',
    column(text),
    'Thing.it: is not a column → Call the column function: text(), not text',
  ],
  [
    'a column that is none',
    column('text'),
    'Thing.it: is not a column → Declare it with a column function, like text()',
  ],
  [
    'a model named like a property of objects',
    { constructor: loose('things', { id }) },
    'constructor: is a name of every JavaScript object → Give the model another name',
  ],
  [
    'a model name that is no identifier',
    { 'my-thing': loose('things', { id }) },
    'my-thing: is no name of a model → Use letters and digits, a letter first: OrderItem',
  ],
  ['an empty table name', { Thing: loose('', { id }) }, 'Thing, table: has an empty name → Give it a name'],
  [
    'a table name with U+0000',
    { Thing: loose('a\0b', { id }) },
    'Thing, table: has a name that is no valid text → Give it another name',
  ],
  ...['my.things', 'a,b', "o'things", '"things"', '`things`', 'things as t', ' things', 'things ', '😀'].map(
    (table): [string, Record<string, Model>, string] => [
      `a table name that not every engine and query can tell: ${table}`,
      { Thing: loose(table, { id }) },
      `Thing, table: "${table}" is no name for every database → Leave out quotes, points, commas, " as ", spaces at its ends and characters beyond U+FFFF`,
    ],
  ),
  [
    'a column name that not every engine can tell',
    column(integer().column('a, b')),
    'Thing.it: "a, b" is no name for every database → Leave out quotes, points, commas, " as ", spaces at its ends and characters beyond U+FFFF',
  ],
  [
    'a table name that is too long',
    { Thing: loose('t'.repeat(64), { id }) },
    'Thing, table: "tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt" has 64 bytes → Give it a name of at most 63 bytes in the database',
  ],
  [
    'a table name that an engine keeps',
    { Thing: loose('SQLite_things', { id }) },
    'Thing: table "SQLite_things": names in sqlite_… are reserved → Give the table another name',
  ],
  [
    'a table name of our own journal',
    { Thing: loose('terrace_things', { id }) },
    'Thing: table "terrace_things": names in terrace_… are reserved → Give the table another name',
  ],
  [
    'one table twice',
    { Thing: loose('things', { id }), Other: loose('Things', { id }) },
    'Other: table "Things" is the table of Thing (letter case aside) → Give each model a table of its own',
  ],
  [
    'a property named like one of objects',
    column(integer(), 'toString'),
    "Thing.toString: is a name of every JavaScript object → Give it another name and keep the column's with .column('…')",
  ],
  [
    'a property in snake case',
    column(integer(), 'unit_price'),
    "Thing.unit_price: is not camelCase → Write unitPrice and keep the column's name with .column('…')",
  ],
  [
    'a property that begins with a digit',
    column(integer(), '1st'),
    "Thing.1st: is not camelCase → Write a name like unitPrice and keep the column's name with .column('…')",
  ],
  [
    'a readable column named like a query parameter',
    column(integer(), 'pageSize'),
    "Thing.pageSize: \"pageSize\" is a query parameter of every list → Give it another name and keep the column's with .column('…'), filter by it as .filterAs('…'), or hide it",
  ],
  [
    'a column name that is too long',
    column(integer().column('c'.repeat(64))),
    'Thing.it: "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc" has 64 bytes → Give it a name of at most 63 bytes in the database',
  ],
  [
    'a folded column name that is too long',
    column(text().length(1, 9).ignoreCase().column('c'.repeat(60))),
    'Thing.it: "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc_folded" has 67 bytes → Give it a name of at most 63 bytes in the database',
  ],
  ['an empty column name', column(integer().column('')), 'Thing.it: has an empty name → Give it a name'],
  [
    'two properties with one column',
    thing({ fooBar: integer(), fooBAr: integer() }),
    'Thing.fooBAr: its column "foo_bar" is that of fooBar (letter case aside) → Give one of them another name with .column(\'…\')',
  ],
  [
    'two columns that differ in case only',
    thing({ size: integer(), other: integer().column('SIZE') }),
    'Thing.other: its column "SIZE" is that of size (letter case aside) → Give one of them another name with .column(\'…\')',
  ],
  [
    'a column like the companion of another',
    thing({ email: text().length(1, 9).ignoreCase(), emailFolded: integer() }),
    'Thing.emailFolded: its column "email_folded" is that of email (letter case aside) → Give one of them another name with .column(\'…\')',
  ],
])
