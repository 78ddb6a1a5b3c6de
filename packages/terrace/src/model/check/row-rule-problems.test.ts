import { expect, test } from 'vitest'
import { boolean, graph, model, reference, softDelete, text, uuid } from '../index.ts'
import type { ModelOptions } from '../model.ts'

const Product = model('products', { id: uuid().primaryKey() })
const columns = {
  id: uuid().primaryKey(),
  productId: reference(Product).nullable(),
  foodId: reference(Product, { as: 'food', onDelete: 'setNull' }).nullable(),
  note: text().nullable(),
  label: text(),
  isOpen: boolean().nullable().default(false),
  ...softDelete(),
}

function problemOf(options: ModelOptions<typeof columns>): string {
  try {
    graph({ Product, Entry: model('entries', columns, options) })
  } catch (error) {
    return (error as Error).message
  }
  return 'nothing is wrong with it'
}

test('a rule between nullable columns is a fact of the model, named after all of them', () => {
  const Entry = model('entries', columns, { exactlyOne: [['productId', 'note']], atLeastOne: [['note', 'productId']] })
  expect(graph({ Product, Entry }).Entry.fact.rowRules).toEqual([
    { name: 'ck_entries_product_id_note_exactly_one', kind: 'exactlyOne', columns: ['productId', 'note'] },
    { name: 'ck_entries_note_product_id_at_least_one', kind: 'atLeastOne', columns: ['note', 'productId'] },
  ])
})

test.each<readonly [string, ModelOptions<typeof columns>, string]>([
  ['a single column', { exactlyOne: [['note']] }, 'Entry, exactlyOne[0]: names 1 columns'],
  ['a column twice', { atLeastOne: [['note', 'note']] }, 'Entry, atLeastOne[0]: names note twice'],
  ['a column that always has a value', { exactlyOne: [['note', 'label']] }, 'label always has a value'],
  ['a column with a default', { exactlyOne: [['note', 'isOpen']] }, 'isOpen has a default, which would count as given'],
  ['what Terrace writes', { exactlyOne: [['note', 'deletedAt']] }, 'deletedAt is written by Terrace'],
  [
    'what a delete elsewhere sets to null',
    { exactlyOne: [['note', 'foodId']] },
    'foodId becomes null when its target is deleted',
  ],
  ['an unknown column', { exactlyOne: [['note', 'nte' as 'note']] }, 'Entry has no column "nte"'],
  [
    'the same rule twice',
    {
      exactlyOne: [
        ['note', 'productId'],
        ['productId', 'note'],
      ],
    },
    'Entry, exactlyOne[1]: says what another rule says',
  ],
])('refuses a rule over %s', (_, options, problem) => {
  expect(problemOf(options)).toContain(problem)
})
