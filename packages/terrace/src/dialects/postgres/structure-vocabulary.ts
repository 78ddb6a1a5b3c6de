import {
  doubleQuoteName,
  plainTypeWords,
  quoteText,
  type StructureVocabulary,
  type TypeWords,
} from '../../schema/index.ts'

const integerWords: Omit<TypeWords, 'type' | 'conversions'> = {
  isKey: true,
  value: (n) => String(n + 1),
  defaults: ['41', '-42', '(40 + 3)'],
  rules: [
    { condition: (column) => `${column} < 10000`, violation: '10001' },
    { condition: (column) => `${column} between -50 and 20000`, violation: '-51' },
    { condition: (column) => `${column} not in (7001, 7002)`, violation: '7001' },
  ],
  generated: [(column) => `${column} + 1`, (column) => `abs(${column}) - 3`],
  indexed: [(column) => `(${column} + 1)`, (column) => `(abs(${column}))`],
  collations: [],
  folding: null,
  identities: ['byDefault', 'always'],
  suffixes: [],
}

const texts = ["it's", 'back\\slash', '"quoted"', 'größer', '😀', '%s ? $1 :x', '-- no', '/* no */', 'plain', 'orphan']

const textWords: Omit<TypeWords, 'type' | 'conversions' | 'suffixes'> = {
  isKey: true,
  value: (n) => quoteText(texts[n] ?? ''),
  defaults: ["'left'", "'it''s right'", "lower('ABC')"],
  rules: [
    { condition: (column) => `char_length(${column}) < 18`, violation: quoteText('x'.repeat(19)) },
    { condition: (column) => `${column} <> 'forbidden'`, violation: "'forbidden'" },
    { condition: (column) => `${column} in ('never') or ${column} not like 'never%'`, violation: "'never so'" },
  ],
  generated: [(column) => `${column} || '!'`, (column) => `upper(${column})`],
  indexed: [(column) => `(lower(${column}))`, (column) => `(${column} || '')`],
  collations: ['C', 'POSIX'],
  folding: null,
  identities: [],
}

const types: readonly TypeWords[] = [
  { ...integerWords, type: 'smallint', conversions: [{ to: 'integer', violation: null, keepsWords: true }] },
  {
    ...integerWords,
    type: 'integer',
    conversions: [
      { to: 'bigint', violation: null, keepsWords: true },
      { to: 'smallint', violation: '40000', keepsWords: true },
      { to: 'text', violation: null, keepsWords: false },
      { to: 'numeric(8,2)', violation: '10000000', keepsWords: false },
    ],
  },
  {
    ...integerWords,
    type: 'bigint',
    conversions: [{ to: 'integer', violation: '3000000000', keepsWords: true }],
  },
  {
    ...textWords,
    type: 'text',
    suffixes: ['text_pattern_ops'],
    conversions: [
      { to: 'character varying(20)', violation: quoteText('x'.repeat(21)), keepsWords: true },
      { to: 'character varying(40)', violation: quoteText('x'.repeat(41)), keepsWords: true },
    ],
  },
  {
    ...textWords,
    type: 'character varying(20)',
    suffixes: ['varchar_pattern_ops'],
    conversions: [
      { to: 'character varying(40)', violation: null, keepsWords: true },
      { to: 'text', violation: null, keepsWords: true },
    ],
  },
  {
    ...textWords,
    type: 'character varying(40)',
    suffixes: ['varchar_pattern_ops'],
    conversions: [{ to: 'character varying(20)', violation: quoteText('x'.repeat(21)), keepsWords: true }],
  },
  {
    ...plainTypeWords,
    type: 'numeric(8,2)',
    value: (n) => `${n + 1}.25`,
    defaults: ['0.5', '-2.5', '(1.0 / 4)'],
    rules: [
      { condition: (column) => `${column} < 1000`, violation: '1001' },
      { condition: (column) => `${column} >= -50.5`, violation: '-51' },
    ],
    generated: [(column) => `${column} + 1`, (column) => `round(${column}, 1)`],
    indexed: [(column) => `(${column} + 1)`, (column) => `(round(${column}))`],
    conversions: [
      { to: 'numeric(10,3)', violation: null, keepsWords: true },
      { to: 'integer', violation: '1.5', keepsWords: false, value: (n) => `${n + 1}` },
    ],
  },
  {
    ...plainTypeWords,
    type: 'numeric(10,3)',
    value: (n) => `${n + 1}.250`,
    defaults: ['0.5', '-2.5'],
    rules: [{ condition: (column) => `${column} < 1000`, violation: '1001' }],
    generated: [(column) => `${column} + 1`, (column) => `round(${column}, 1)`],
    indexed: [(column) => `(${column} + 1)`, (column) => `(round(${column}))`],
    conversions: [{ to: 'numeric(8,2)', violation: '1.125', keepsWords: true }],
  },
  {
    ...plainTypeWords,
    type: 'uuid',
    value: (n) => `'00000000-0000-4000-8000-00000000000${n}'`,
    defaults: ["'00000000-0000-4000-8000-0000000000aa'", 'gen_random_uuid()'],
    rules: [
      {
        condition: (column) => `${column} <> '00000000-0000-4000-8000-0000000000ff'`,
        violation: "'00000000-0000-4000-8000-0000000000ff'",
      },
    ],
    conversions: [{ to: 'text', violation: null, keepsWords: false }],
  },
  {
    ...plainTypeWords,
    type: 'timestamp(3) with time zone',
    value: (n) => `'2026-01-0${n + 1} 12:00:00.123+00'`,
    defaults: ['now()', 'current_timestamp', "'2000-02-29 00:00:00+00'"],
    rules: [{ condition: (column) => `${column} > '1999-01-01 00:00:00+00'`, violation: "'1998-01-01 00:00:00+00'" }],
    conversions: [{ to: 'timestamp(6) with time zone', violation: null, keepsWords: true }],
  },
  {
    ...plainTypeWords,
    type: 'timestamp(6) with time zone',
    value: (n) => `'2026-01-0${n + 1} 12:00:00.123456+00'`,
    defaults: ['now()', "'2000-02-29 00:00:00+00'"],
  },
  {
    ...plainTypeWords,
    type: 'boolean',
    isKey: false,
    value: (n) => String(n % 2 === 0),
    defaults: ['true', 'false'],
    generated: [(column) => `not ${column}`, (column) => `${column} or false`],
  },
  {
    ...plainTypeWords,
    type: 'jsonb',
    isKey: false,
    value: (n) => `'{"n": ${n}}'`,
    defaults: [`'{"b": 1, "a": [true, null]}'`, "'[]'::jsonb"],
    rules: [{ condition: (column) => `jsonb_typeof(${column}) = 'object' or ${column} = '[]'`, violation: "'7'" }],
    conversions: [{ to: 'text', violation: null, keepsWords: false }],
  },
]

const alike = 'All collations of PostgreSQL that a new database has for certain tell the same texts apart'

/** What structures can be made of here. */
export const structureVocabulary: StructureVocabulary = {
  types,
  keyTypes: ['integer', 'bigint', 'text', 'uuid'],
  tableOptions: {},
  options: [],
  hasComments: true,
  namesPrimaryKeys: true,
  nullsInIndexes: ['first', 'last'],
  indexMethods: ['btree', 'brin'],
  generatedKinds: ['stored'],
  onDelete: ['noAction', 'restrict', 'cascade', 'setNull', 'setDefault'],
  onUpdate: ['noAction', 'restrict', 'cascade', 'setNull', 'setDefault'],
  uniqueDeferrability: ['no', 'initiallyDeferred', 'initiallyImmediate'],
  keyDeferrability: ['no', 'initiallyDeferred', 'initiallyImmediate'],
  hasPartialIndexes: true,
  hasPartialUniques: true,
  hasInclude: true,
  hasNullsNotDistinct: true,
  tellsUniqueIndexes: true,
  asksOfReferences: true,
  oddNames: [
    'order',
    'select',
    'Größe',
    'a b',
    'half"quoted',
    "it's",
    '50%',
    'what?',
    'dot.ted',
    'UpperCase',
    '`tick`',
    '$1',
    ':x',
  ],
  strangers: {
    make: (table, column) => [
      `create table "by hand" (a serial primary key, b text default 'x')`,
      `insert into "by hand" (b) values ('one'), ('two')`,
      'create index "by hand index" on "by hand" (b)',
      'create function by_hand() returns trigger language plpgsql as $$ begin return null; end $$',
      'create trigger "by hand trigger" after insert on "by hand" for each row execute function by_hand()',
      `create view "by hand view" as select ${doubleQuoteName(column)} from ${doubleQuoteName(table)}`,
      `create index "by hand too" on ${doubleQuoteName(table)} (${doubleQuoteName(column)})`,
      `create trigger "by hand also" after delete on ${doubleQuoteName(table)} for each row execute function by_hand()`,
    ],
    remove: () => ['drop view if exists "by hand view"', 'drop function if exists by_hand() cascade'],
  },
  impossible: {
    'table.options': 'A table has no options here that the models rely on',
    'column.collation add violating': alike,
    'column.collation change violating': alike,
    'index.suffix change': 'There is one other class of operators for each type here',
    'unique.where add violating': 'whatever satisfies the former satisfies the new one',
  },
}
