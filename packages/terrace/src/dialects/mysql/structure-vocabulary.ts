import { plainTypeWords, type ServerVersion, type StructureVocabulary, type TypeWords } from '../../schema/index.ts'
import { quoteName, quoteText, schemaFlavour } from './schema-flavour.ts'

const integerWords: Omit<TypeWords, 'type' | 'conversions'> = {
  isKey: true,
  value: (n) => String(n + 1),
  defaults: ['41', '-42'],
  rules: [
    { condition: (column) => `${column} < 10000`, violation: '10001' },
    { condition: (column) => `${column} between -50 and 20000`, violation: '-51' },
    { condition: (column) => `${column} not in (7001, 7002)`, violation: '7001' },
  ],
  generated: [(column) => `${column} + 1`, (column) => `abs(${column}) - 3`],
  indexed: [],
  collations: [],
  folding: null,
  identities: ['byDefault'],
  suffixes: [],
}

const texts = ["it's", 'back\\slash', '"quoted"', 'größer', '😀', '%s ? $1 :x', '-- no', '/* no */', 'plain', 'orphan']

const textWords: Omit<TypeWords, 'type' | 'conversions' | 'suffixes'> = {
  isKey: true,
  value: (n) => quoteText(texts[n] ?? ''),
  defaults: ["'left'", "'it''s right'"],
  rules: [
    { condition: (column) => `char_length(${column}) < 17`, violation: quoteText('a little too long') },
    { condition: (column) => `${column} <> 'forbidden'`, violation: "'forbidden'" },
    { condition: (column) => `${column} in ('never') or ${column} not like 'never%'`, violation: "'never so'" },
  ],
  generated: [(column) => `concat(left(${column}, 9), '!')`, (column) => `upper(${column})`],
  indexed: [],
  collations: ['utf8mb4_general_ci', 'utf8mb4_unicode_ci', 'utf8mb4_bin'],
  folding: { collation: 'utf8mb4_general_ci', values: ["'same'", "'SAME'"], apart: ['utf8mb4_bin'] },
  identities: [],
}

const types: readonly TypeWords[] = [
  { ...integerWords, type: 'smallint', conversions: [{ to: 'int', violation: null, keepsWords: true }] },
  {
    ...integerWords,
    type: 'int',
    conversions: [
      { to: 'bigint', violation: null, keepsWords: true },
      { to: 'smallint', violation: '40000', keepsWords: true },
      { to: 'varchar(40)', violation: null, keepsWords: false },
      { to: 'decimal(8,2)', violation: '10000000', keepsWords: false },
    ],
  },
  { ...integerWords, type: 'bigint', conversions: [{ to: 'int', violation: '3000000000', keepsWords: true }] },
  {
    ...textWords,
    type: 'varchar(20)',
    suffixes: ['(5)', '(9)'],
    conversions: [
      { to: 'varchar(40)', violation: null, keepsWords: true },
      { to: 'longtext', violation: null, keepsWords: false },
    ],
  },
  {
    ...textWords,
    type: 'varchar(40)',
    suffixes: ['(5)', '(9)'],
    conversions: [{ to: 'varchar(20)', violation: quoteText('x'.repeat(21)), keepsWords: true }],
  },
  {
    ...textWords,
    type: 'longtext',
    isKey: false,
    defaults: ["('left')", "('it''s right')"],
    suffixes: ['(5)', '(9)'],
    conversions: [{ to: 'varchar(40)', violation: quoteText('x'.repeat(41)), keepsWords: false }],
  },
  {
    ...plainTypeWords,
    type: 'decimal(8,2)',
    value: (n) => `${n + 1}.25`,
    defaults: ['0.50', '-2.50'],
    rules: [
      { condition: (column) => `${column} < 1000`, violation: '1001' },
      { condition: (column) => `${column} >= -50.5`, violation: '-51' },
    ],
    generated: [(column) => `${column} + 1`, (column) => `round(${column}, 1)`],
    conversions: [
      { to: 'decimal(10,3)', violation: null, keepsWords: false },
      // Rounded without a word, and so never counted: it is lossy.
      { to: 'int', violation: null, keepsWords: false, value: (n) => `${n + 1}` },
    ],
  },
  {
    ...plainTypeWords,
    type: 'decimal(10,3)',
    value: (n) => `${n + 1}.250`,
    defaults: ['0.500', '-2.500'],
    conversions: [{ to: 'decimal(8,2)', violation: null, keepsWords: true }],
  },
  {
    ...plainTypeWords,
    type: 'datetime(3)',
    value: (n) => `'2026-01-0${n + 1} 12:00:00.123'`,
    defaults: ['current_timestamp(3)', "'2000-02-29 00:00:00.000'", '(utc_timestamp(3))'],
    rules: [{ condition: (column) => `${column} > '1999-01-01'`, violation: "'1998-01-01'" }],
    conversions: [{ to: 'datetime(6)', violation: null, keepsWords: false }],
  },
  {
    ...plainTypeWords,
    type: 'datetime(6)',
    value: (n) => `'2026-01-0${n + 1} 12:00:00.123456'`,
    defaults: ['(utc_timestamp(6))'],
  },
  {
    ...plainTypeWords,
    type: 'tinyint(1)',
    isKey: false,
    value: (n) => String(n % 2),
    defaults: ['0', '1'],
    rules: [{ condition: (column) => `${column} in (0, 1)`, violation: '2' }],
  },
  {
    ...plainTypeWords,
    type: 'json',
    isKey: false,
    value: (n) => `'{"n": ${n}}'`,
    defaults: [`('{"b": 1}')`, `('[]')`],
  },
  { ...plainTypeWords, type: 'longblob', isKey: false, value: (n) => `x'0${n}ff'`, defaults: ["(x'2722')"] },
]

const noPartial = 'Rules and indexes of this family are about all rows'
const noInclude = 'An index of this family carries no other columns'
const noDeferrable = 'This family holds every rule at each statement'

const oddNames: StructureVocabulary['oddNames'] = [
  'order',
  'select',
  'Größe',
  'a b',
  'half"quoted',
  "it's",
  '50%',
  'what?',
  'dot,ted',
  'key',
  'UpperCase',
  '$1',
  ':x',
]

const strangers: StructureVocabulary['strangers'] = {
  make: (table, column) => [
    "create table `by hand` (a int auto_increment primary key, b varchar(9) default 'x')",
    "insert into `by hand` (b) values ('one'), ('two')",
    'create index `by hand index` on `by hand` (b)',
    'create trigger `by hand trigger` before insert on `by hand` for each row set @by_hand = 1',
    `create view \`by hand view\` as select ${quoteName(column)} from ${quoteName(table)}`,
    `create index \`by hand too\` on ${quoteName(table)} (${quoteName(column)})`,
    `create trigger \`by hand also\` after delete on ${quoteName(table)} for each row set @by_hand = 2`,
  ],
  remove: () => ['drop view if exists `by hand view`'],
}

const impossible: StructureVocabulary['impossible'] = {
  'table.options change violating': 'An engine and a collation of a table take whatever its rows have',
  'column.identity change': 'This family numbers in one way, AUTO_INCREMENT',
  'primaryKey.name': 'A primary key is called PRIMARY here',
  'unique.where': noPartial,
  'unique.nulls': 'NULLs are distinct in every unique rule of this family',
  'unique.include': noInclude,
  'unique.deferrable': noDeferrable,
  'unique.heldBy': 'A unique rule is a unique index here',
  'index.where': noPartial,
  'index.include': noInclude,
  'index.nulls': 'NULLs come first in every index of this family',
  'index.expression': 'MariaDB has no indexes over expressions; MySQL 8 has, which is untested',
  'index.method': 'InnoDB has one kind of index that the models rely on',
  'foreignKey.deferrable': noDeferrable,
}

/** What structures can be made of on a server. */
export function structureVocabulary(server: ServerVersion): StructureVocabulary {
  const { collation } = schemaFlavour(server)
  const tableOptions = { engine: 'InnoDB', collation }
  return {
    types,
    keyTypes: ['int', 'bigint', 'varchar(40)'],
    tableOptions,
    options: [
      { from: tableOptions, to: { ...tableOptions, collation: 'utf8mb4_unicode_ci' }, violation: null },
      { from: { ...tableOptions, collation: 'utf8mb4_general_ci' }, to: tableOptions, violation: null },
    ],
    hasComments: true,
    namesPrimaryKeys: false,
    nullsInIndexes: [null],
    indexMethods: ['btree'],
    generatedKinds: ['stored', 'virtual'],
    onDelete: ['noAction', 'cascade', 'setNull'],
    onUpdate: ['noAction', 'cascade', 'setNull'],
    uniqueDeferrability: ['no'],
    keyDeferrability: ['no'],
    hasPartialIndexes: false,
    hasPartialUniques: false,
    hasInclude: false,
    hasNullsNotDistinct: false,
    tellsUniqueIndexes: false,
    asksOfReferences: false,
    oddNames,
    strangers,
    impossible,
  }
}
