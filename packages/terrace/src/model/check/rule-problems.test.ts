import { column, refuses, untyped } from '../../../test/support/refusals.ts'
import { bigint, boolean, decimal, integer, smallint, text } from '../index.ts'

refuses('rules', [
  [
    'a minimum length above the maximum',
    column(text().length(5, 1)),
    'Thing.it: length(5, 1): the minimum is above the maximum → Swap the bounds',
  ],
  [
    'a negative length',
    column(text().length(-1, 5)),
    'Thing.it: length(-1, 5): no numbers of characters → Write length(1, 100), both ends inclusive',
  ],
  [
    'an infinite length',
    column(text().length(1, Infinity)),
    'Thing.it: length(1, Infinity): no numbers of characters → Write length(1, 100), both ends inclusive',
  ],
  ['two lengths', column(text().length(1, 5).length(1, 6)), 'Thing.it: length() is declared twice → Keep one of them'],
  [
    'a length on a number',
    column(untyped(integer())['length']?.(1, 2)),
    'Thing.it: length() is a rule of text, not of integer → Remove length()',
  ],
  [
    'a pattern on a number',
    column(untyped(integer())['pattern']?.(/a/)),
    'Thing.it: pattern() is a rule of text, not of integer → Remove pattern()',
  ],
  [
    'an e-mail rule on a number',
    column(untyped(integer())['email']?.()),
    'Thing.it: email() is a rule of text, not of integer → Remove email()',
  ],
  ['a pattern that remembers', column(text().pattern(/a/g)), 'Thing.it: pattern() with the flags "g" → Remove g and y'],
  [
    'a minimum above the maximum',
    column(integer().range(1, 0)),
    'Thing.it: range(1, 0): the minimum is above the maximum → Swap the bounds',
  ],
  [
    'a decimal minimum above the maximum',
    column(decimal(5, 2).range('10.5', '9')),
    "Thing.it: range('10.5', '9'): the minimum is above the maximum → Swap the bounds",
  ],
  [
    'a range that is open on both ends',
    column(integer().range(null, null)),
    'Thing.it: range(null, null) is open on both ends → Give a bound or remove range()',
  ],
  [
    'a range beyond the type',
    column(smallint().range(0, 40_000)),
    'Thing.it: range(0, 40000): a bound must be from -32768 to 32767, as any smallint → Give bounds of the type itself',
  ],
  [
    'a range with parts on whole numbers',
    column(integer().range(0.5, 2)),
    'Thing.it: range(0.5, 2): a bound must be a whole number, as any integer → Give bounds of the type itself',
  ],
  [
    'a range of numbers on a bigint',
    column(untyped(bigint())['range']?.(0, 9)),
    'Thing.it: range(0, 9): a bound must be a bigint, as any bigint → Give bounds of the type itself',
  ],
  [
    'a range of numbers on a decimal',
    column(untyped(decimal(5, 2))['range']?.(0, 9)),
    'Thing.it: range(0, 9): a bound must be a decimal number as a string, like "12.50", as any decimal(5, 2) → Give bounds of the type itself',
  ],
  [
    'a range with more digits than the decimal',
    column(decimal(5, 2).range('0.001', null)),
    "Thing.it: range('0.001', null): a bound must have at most 3 digits before the point and 2 after it, as any decimal(5, 2) → Give bounds of the type itself",
  ],
  [
    'a range on text',
    column(untyped(text())['range']?.(0, 9)),
    'Thing.it: range() is a rule of numbers, not of unbounded text → Remove range()',
  ],
  [
    'a range on a boolean',
    column(untyped(boolean())['range']?.(0, 9)),
    'Thing.it: range() is a rule of numbers, not of boolean → Remove range()',
  ],
])
