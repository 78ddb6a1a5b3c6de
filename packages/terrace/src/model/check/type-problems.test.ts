import { column, refuses } from '../../../test/support/refusals.ts'
import { array, decimal, integer, json, oneOf, text } from '../index.ts'
import type { Column } from '../index.ts'

refuses('types', [
  [
    'a scale above the precision',
    column(decimal(2, 3)),
    'Thing.it: decimal(2, 3): no such number of digits → Write decimal(digits in all, digits after the point), like decimal(10, 2)',
  ],
  [
    'a precision of nothing',
    column(decimal(0, 0)),
    'Thing.it: decimal(0, 0): no such number of digits → Write decimal(digits in all, digits after the point), like decimal(10, 2)',
  ],
  [
    'oneOf without values',
    column((oneOf as (...values: string[]) => Column)()),
    "Thing.it: oneOf() without values → Name them: oneOf('small', 'large')",
  ],
  ['oneOf with a value twice', column(oneOf('a', 'b', 'a')), 'Thing.it: oneOf() names "a" twice → Remove one'],
  [
    'oneOf with a lone surrogate',
    column(oneOf('\ud800')),
    'Thing.it: oneOf() with a value that is no valid text → Use texts without U+0000 and halves of surrogate pairs',
  ],
  [
    'an array of arrays',
    column(array(array(text()))),
    'Thing.it: array of array(unbounded text): items are scalar values → Use json() for anything deeper',
  ],
  [
    'an array of json',
    column(array(json())),
    'Thing.it: array of json: items are scalar values → Use json() for anything deeper',
  ],
  [
    'an array of items that were renamed',
    column(array(text().renamedFrom('title'))),
    'Thing.it: array of a column with marks: an item is a value, not a column → Give an item its type and rules only',
  ],
  [
    'an array of nullable items',
    column(array(text().nullable())),
    'Thing.it: array of a column with marks: an item is a value, not a column → Give an item its type and rules only',
  ],
  [
    'an array whose items break their own rule',
    column(array(integer().range(2, 1))),
    'Thing.it: range(2, 1): the minimum is above the maximum → Swap the bounds',
  ],
])
