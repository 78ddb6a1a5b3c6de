import { expect, test } from 'vitest'
import { renameInExpression } from './rename-in-expression.ts'

test.each<readonly [expression: string, to: string, renamed: string]>([
  ['a > 1 and A < b', 'c', 'c > 1 and c < b'],
  ['"A" = \'a\'', 'c', "c = 'a'"],
  ['a ( a )', 'c', 'a ( c )'],
  ['t.a > a.b', 'c', 't . c > a . b'],
  ['b collate a', 'c', 'b collate a'],
  ['cast ( a as a )', 'c', 'cast ( c as a )'],
  ['a', 'two words', '"two words"'],
  ['a', 'Order', '"order"'],
  ['(lower ( a ))', 'c', '(lower ( c ))'],
  ['( a ) or ( b )', 'c', '( c ) or ( b )'],
  ['aa = ba', 'c', 'aa = ba'],
])('in %j the column a goes by %j: %j', (expression, to, renamed) => {
  expect(renameInExpression(expression, 'a', to)).toBe(renamed)
})
