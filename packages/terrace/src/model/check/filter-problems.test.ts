import { expect, it } from 'vitest'
import { column, id, problemsOf, refuses, thing, untyped } from '../../../test/support/refusals.ts'
import { graph, integer, model, text, uuid } from '../index.ts'

refuses('filters', [
  [
    'filterable on a hidden column',
    column(text().filterable('contains').hidden()),
    'Thing.it: nobody may read it: filterable() would tell its values → Remove filterable()',
  ],
  [
    'filterable on a column that is only written',
    column(text().filterable('contains').writeOnly()),
    'Thing.it: nobody may read it: filterable() would tell its values → Remove filterable()',
  ],
  [
    'filterAs on a hidden column',
    column(text().filterAs('that').hidden()),
    'Thing.it: nobody may read it: filterAs() would tell its values → Remove filterAs()',
  ],
  [
    'filterable on a number',
    column(untyped(integer())['filterable']?.('gt')),
    'Thing.it: is no text: filterable() means nothing → Remove it: its type says what it is filtered by',
  ],
  [
    'an operator that is none',
    column(untyped(text())['filterable']?.('like')),
    "Thing.it: filterable('like'): there is no such operator → Use not, notIn, gt, gte, lt, lte, contains, startsWith, endsWith",
  ],
  [
    'a name of a filter that could not be told from its operator',
    column(text().filterAs('it[gt]')),
    "Thing.it: filterAs('it[gt]'): this is no name of a filter → Use letters, digits and _, a letter first",
  ],
  [
    'a name that every object answers to',
    column(text().filterAs('constructor')),
    "Thing.it: filterAs('constructor'): this is no name of a filter → Use letters, digits and _, a letter first",
  ],
  [
    'a name of another parameter',
    thing({ page: integer().filterAs('pageSize'), sort: integer().filterAs('page_size') }),
    "Thing.page: filterAs('pageSize'): this is a query parameter of every list → Choose another name",
    "Thing.sort: filterAs('page_size'): this is a query parameter of every list → Choose another name",
  ],
  [
    'a name of another column, as it is or as it may travel',
    thing({ page: integer().filterAs('shelfNo'), sort: integer().filterAs('shelf_no'), shelfNo: integer() }),
    "Thing.page: filterAs('shelfNo'): lists filter by shelfNo under this name → Choose another name",
    "Thing.sort: filterAs('shelf_no'): lists filter by shelfNo under this name → Choose another name",
  ],
])

it('takes a readable column of a reserved name that is filtered by another one', () => {
  const { Thing } = graph({
    Thing: model('things', {
      id: uuid().primaryKey(),
      page: integer().filterAs('pageNumber'),
      name: text().filterable('contains', 'contains'),
    }),
  })
  expect(Thing.fact.column['page']?.filterAs).toBe('pageNumber')
  expect(Thing.fact.column['name']?.filterable).toEqual(['contains'])
  expect(problemsOf({ Thing: model('things', { id, page: integer() }) })).toHaveLength(1)
})
