import { doubleQuoteName, quoteText, type StructureVocabulary, type TypeWords } from '../../schema/index.ts'

const numberWords: Omit<TypeWords, 'type' | 'conversions' | 'identities'> = {
  isKey: true,
  value: (n) => String(n + 1),
  defaults: ['41', '-42', '(40 + 3)'],
  rules: [
    { condition: (column) => `${column} < 100000`, violation: '100001' },
    { condition: (column) => `${column} between -50 and 200000`, violation: '-51' },
    { condition: (column) => `${column} not in (7001, 7002)`, violation: '7001' },
  ],
  generated: [(column) => `${column} + 1`, (column) => `${column} * 2 - 3`],
  indexed: [(column) => `(${column} + 1)`, (column) => `(abs(${column}))`],
  collations: [],
  folding: null,
  suffixes: [],
}

const texts = ["it's", 'back\\slash', '"quoted"', 'größer', '😀', '%s ? $1 :x', '-- no', '/* no */', 'plain', 'orphan']

const types: readonly TypeWords[] = [
  {
    ...numberWords,
    type: 'INTEGER',
    identities: ['byDefault'],
    conversions: [
      { to: 'TEXT', violation: null, keepsWords: false },
      { to: 'REAL', violation: '9007199254740993', keepsWords: true },
    ],
  },
  {
    type: 'TEXT',
    isKey: true,
    value: (n) => quoteText(texts[n] ?? ''),
    defaults: ["'left'", "'it''s right'", "('a' || 'b')"],
    rules: [
      { condition: (column) => `length(${column}) < 40`, violation: quoteText('long'.repeat(20)) },
      { condition: (column) => `${column} <> 'forbidden'`, violation: "'forbidden'" },
      { condition: (column) => `${column} not like 'never%' or ${column} is null`, violation: "'never so'" },
    ],
    generated: [(column) => `${column} || '!'`, (column) => `substr(${column}, 1, 2)`],
    indexed: [(column) => `(lower(${column}))`, (column) => `(${column} || '')`],
    conversions: [{ to: 'INTEGER', violation: "'12abc'", keepsWords: false, value: (n) => `'${n + 1}'` }],
    collations: ['NOCASE', 'RTRIM'],
    folding: { collation: 'NOCASE', values: ["'same'", "'SAME'"], apart: ['RTRIM'] },
    identities: [],
    suffixes: ['collate NOCASE', 'collate RTRIM'],
  },
  {
    ...numberWords,
    type: 'REAL',
    isKey: false,
    value: (n) => `${n + 1}.5`,
    defaults: ['0.25', '-2.5', '(1.0 / 4)'],
    identities: [],
    conversions: [{ to: 'INTEGER', violation: '0.5', keepsWords: false, value: (n) => `${n + 1}.0` }],
  },
  {
    type: 'BLOB',
    isKey: false,
    value: (n) => `x'0${n}ff'`,
    defaults: ["x'00'", "x'2722'"],
    rules: [{ condition: (column) => `length(${column}) < 9`, violation: "x'00112233445566778899'" }],
    generated: [],
    indexed: [],
    conversions: [],
    collations: [],
    folding: null,
    identities: [],
    suffixes: [],
  },
]

const noComments = 'SQLite keeps no comments'
const noDeferrable = 'SQLite puts off foreign keys alone. Source: sqlite.org/foreignkeys.html, section 4.2'

/** What structures can be made of here. */
export const structureVocabulary: StructureVocabulary = {
  types,
  keyTypes: ['INTEGER', 'TEXT'],
  tableOptions: { strict: 'yes' },
  options: [
    { from: { strict: 'no' }, to: { strict: 'yes' }, violation: { type: 'INTEGER', value: "'12abc'" } },
    { from: { strict: 'yes' }, to: { strict: 'no' }, violation: null },
    { from: { strict: 'yes', rowid: 'yes' }, to: { strict: 'yes', rowid: 'no' }, violation: null },
    { from: { strict: 'yes', rowid: 'no' }, to: { strict: 'yes', rowid: 'yes' }, violation: null },
  ],
  hasComments: false,
  namesPrimaryKeys: true,
  nullsInIndexes: [null],
  indexMethods: ['btree'],
  generatedKinds: ['stored', 'virtual'],
  onDelete: ['noAction', 'restrict', 'cascade', 'setNull'],
  onUpdate: ['noAction', 'restrict', 'cascade', 'setNull'],
  uniqueDeferrability: ['no'],
  keyDeferrability: ['no', 'initiallyDeferred', 'initiallyImmediate'],
  hasPartialIndexes: true,
  hasPartialUniques: true,
  hasInclude: false,
  hasNullsNotDistinct: false,
  tellsUniqueIndexes: false,
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
      'create table "by hand" (a integer primary key, b text default \'x\')',
      "insert into \"by hand\" (b) values ('one'), ('two')",
      'create index "by hand index" on "by hand" (b)',
      'create trigger "by hand trigger" after insert on "by hand" begin select 1; end',
      `create view "by hand view" as select ${doubleQuoteName(column)} from ${doubleQuoteName(table)}`,
      `create index "by hand too" on ${doubleQuoteName(table)} (${doubleQuoteName(column)})`,
      `create trigger "by hand also" after delete on ${doubleQuoteName(table)} begin delete from "by hand" where a = -1; end`,
    ],
    remove: () => ['drop view if exists "by hand view"'],
  },
  impossible: {
    'table.comment': noComments,
    'column.comment': noComments,
    'column.identity change': 'SQLite numbers in one way, AUTOINCREMENT',
    'unique.nulls': 'NULLs are distinct in every unique rule of SQLite',
    'unique.include': 'An index of SQLite carries no other columns',
    'unique.deferrable': noDeferrable,
    'unique.heldBy': 'SQLite tells unique rules from unique indexes by where they are written, which is no difference',
    'index.include': 'An index of SQLite carries no other columns',
    'index.nulls': 'SQLite refuses NULLS LAST in an index. Source: sqlite.org/lang_createindex.html',
    'index.method': 'SQLite has one kind of index',
  },
}
