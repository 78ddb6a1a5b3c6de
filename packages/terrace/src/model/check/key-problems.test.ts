import { column, id, loose, refuses, thing } from '../../../test/support/refusals.ts'
import { array, boolean, bytes, float, identity, integer, json, reference, text } from '../index.ts'

refuses('keys', [
  [
    'no primary key',
    { Thing: loose('things', { name: text().length(1, 9) }) },
    'Thing: has no primary key → Mark one: id: uuid().primaryKey()',
  ],
  [
    'an identity beside another key',
    { Thing: loose('things', { id: identity(), other: integer().primaryKey() }) },
    'Thing.id: is an identity beside other key columns → Keep identity() as the only key and make the others unique',
  ],
  [
    'unbounded text as a key',
    { Thing: loose('things', { id: text().primaryKey() }) },
    'Thing.id: unbounded text cannot carry primaryKey() → Bound it with length(min, max)',
  ],
  [
    'a float as a key',
    { Thing: loose('things', { id: float().primaryKey() }) },
    'Thing.id: float cannot carry primaryKey() → Use a column that engines compare by value',
  ],
  [
    'unbounded text as a unique',
    column(text().unique()),
    'Thing.it: unbounded text cannot carry unique() → Bound it with length(min, max)',
  ],
  [
    'json with an index',
    column(json().index()),
    'Thing.it: json cannot carry index() → Use a column that engines compare by value',
  ],
  [
    'an array with an index',
    column(array(text()).index()),
    'Thing.it: array(unbounded text) cannot carry index() → Use a column that engines compare by value',
  ],
  [
    'bytes as a unique',
    column(bytes().unique()),
    'Thing.it: bytes cannot carry unique() → Use a column that engines compare by value',
  ],
  [
    'an index on an unknown column',
    thing({ name: text().length(1, 9) }, { indexes: [['-nmae']] }),
    'Thing, indexes[0]: Thing has no column "nmae" → Write name',
  ],
  ['an index on nothing', thing({}, { indexes: [[]] }), 'Thing, indexes[0]: names no column → Name at least one'],
  [
    'an index with a column twice',
    thing({ name: integer() }, { indexes: [['name', '-name']] }),
    'Thing, indexes[0]: names name twice → Name it once',
  ],
  [
    'an index twice',
    thing({ name: integer().index() }, { indexes: [['-name']] }),
    'Thing, name.index(): repeats the index on name of indexes[0] → Keep one of them',
  ],
  [
    'a unique rule on an unknown column',
    thing({}, { uniques: [['zzz']] }),
    'Thing, uniques[0]: Thing has no column "zzz" → Name a column of Thing',
  ],
  [
    'a unique rule twice',
    thing({ name: integer().unique() }, { uniques: [['name']] }),
    'Thing, uniques[0]: repeats the unique rule on name of name.unique() → Keep one of them',
  ],
  [
    'a unique rule on the key',
    thing({}, { uniques: [['id']] }),
    'Thing, uniques[0]: repeats the primary key → Remove it: a primary key is unique',
  ],
  [
    'a unique rule of a reference in the options',
    {
      ...thing({ otherId: reference(loose('others', { id })) }, { uniques: [['otherId']] }),
      Other: loose('others', { id }),
    },
    'Thing, uniques[0]: otherId is a reference → Write otherId: reference(…).unique(), so that the types of includes know',
  ],
  [
    'a condition on an unknown column',
    thing({ name: integer(), isOpen: boolean() }, { uniques: [{ columns: ['name'], where: { isOpn: true } }] }),
    'Thing, uniques[0].where: Thing has no column "isOpn" → Write isOpen',
  ],
  [
    'a condition with a value of another type',
    thing({ name: integer() }, { uniques: [{ columns: ['name'], where: { name: 'x' } }] }),
    'Thing, uniques[0].where: name must be a whole number → Compare with a value that the column can have',
  ],
  [
    'a condition on a float',
    thing({ name: integer(), size: float() }, { uniques: [{ columns: ['name'], where: { size: 1 } }] }),
    'Thing, uniques[0].where: size is float, not compared with = → Use a column that engines compare by value',
  ],
])
