import { expect, test } from 'vitest'
import { id, loose, refuses, thing } from '../../../test/support/refusals.ts'
import { graph, graphOf, integer, model, text, uuid } from '../index.ts'

const { Thing } = thing({}) as { Thing: ReturnType<typeof loose> }

refuses('renames', [
  [
    'a column from itself',
    thing({ title: text().renamedFrom('title') }),
    'Thing.title: is renamed from "title", which its column is called now → Remove renamedFrom()',
  ],
  [
    'a property whose column keeps its name',
    thing({ title: text().column('name').renamedFrom('name') }),
    'Thing.title: is renamed from "name", which its column is called now → Remove renamedFrom()',
  ],
  [
    'a column from one that is there still',
    thing({ title: text().renamedFrom('unitPrice'), unitPrice: integer() }),
    'Thing.title: is renamed from "unit_price", which is the column of unitPrice still → Remove renamedFrom(), or say what unitPrice was renamed from',
  ],
  [
    'a column from the companion of another',
    thing({ title: text().renamedFrom({ column: 'EMAIL_folded' }), email: text().length(1, 9).ignoreCase() }),
    'Thing.title: is renamed from "EMAIL_folded", which is the column of email still → Remove renamedFrom(), or say what email was renamed from',
  ],
  [
    'two columns from one',
    thing({ title: text().renamedFrom('label'), name: text().renamedFrom('label') }),
    'Thing.name: is renamed from "label", and so is title → Keep the one that has its values',
  ],
  [
    'an empty former name',
    thing({ title: text().renamedFrom('') }),
    'Thing.title, renamedFrom: has an empty name → Give it a name',
  ],
  [
    'a former name that no column can have',
    thing({ title: text().renamedFrom({ column: 'a"b' }) }),
    'Thing.title, renamedFrom: "a"b" is no name for every database → Leave out quotes, points, commas, " as ", spaces at its ends and characters beyond U+FFFF',
  ],
  [
    'what is no name',
    thing({ title: text().renamedFrom(5 as never), name: text().renamedFrom({} as never) }),
    "Thing.title, renamedFrom: is no name → Write renamedFrom('title') or renamedFrom({ column: 'title' })",
    "Thing.name, renamedFrom: is no name → Write renamedFrom('title') or renamedFrom({ column: 'title' })",
  ],
  [
    'a table from itself',
    { Thing: loose('things', { id }, { renamedFrom: 'things' }) },
    'Thing: is renamed from "things", which its table is called now → Remove renamedFrom',
  ],
  [
    'a table from one that is there still',
    { Thing, Good: loose('goods', { id }, { renamedFrom: 'things' }) },
    'Good: is renamed from "things", which is the table of Thing still → Remove renamedFrom, or say what Thing was renamed from',
  ],
  [
    'two tables from one',
    {
      Thing: loose('things', { id }, { renamedFrom: 'items' }),
      Good: loose('goods', { id }, { renamedFrom: 'items' }),
    },
    'Good: is renamed from "items", and so is Thing → Keep the one that has its values',
  ],
  [
    'a table from one of ours',
    { Thing: loose('things', { id }, { renamedFrom: 'terrace_meta' }) },
    'Thing: is renamed from "terrace_meta": names in terrace_… are reserved → Remove renamedFrom',
  ],
])

test('a rename becomes the former name in the database, of the column and of the table', () => {
  const models = graphOf(
    graph({
      Good: model(
        'goods',
        {
          id: uuid().primaryKey(),
          unitPrice: integer().renamedFrom('pricePerUnit'),
          kcal: integer().renamedFrom({ column: 'kcalPer100' }),
          a: integer().renamedFrom('b'),
          b: integer().renamedFrom('c'),
          c: integer().renamedFrom('a'),
          size: integer().renamedFrom({ column: 'Size' }),
          note: text(),
        },
        { renamedFrom: 'items' },
      ),
      Item: model('items', { id: uuid().primaryKey() }, { renamedFrom: 'goods' }),
    }),
  )
  expect([models.models['Good'], models.models['Item']].map((fact) => fact?.renamedFrom)).toEqual(['items', 'goods'])
  expect(models.models['Good']?.columns.map(({ sqlName, renamedFrom }) => `${sqlName} from ${renamedFrom}`)).toEqual([
    'id from null',
    'unit_price from price_per_unit',
    'kcal from kcalPer100',
    'a from b',
    'b from c',
    'c from a',
    'size from Size',
    'note from null',
  ])
})
