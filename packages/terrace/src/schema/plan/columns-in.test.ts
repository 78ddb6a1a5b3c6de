import { expect, test } from 'vitest'
import type { ColumnShape, TableShape } from '../snapshot.ts'
import { columnsIn } from './columns-in.ts'

const names = ['a', 'b', "it's", 'half"quoted', 'half`ticked', 'a b', '50%', 'what?', 'Größe']

function table(): TableShape {
  const column = { type: 'text', nullable: true, default: null, generated: null, identity: null, collation: null }
  const columns = names.map((name): ColumnShape => ({ name, ...column, comment: null, isOpaque: false, source: null }))
  const rules = { primaryKey: null, uniques: [], indexes: [], foreignKeys: [], checks: [] }
  return { name: 't', comment: null, options: {}, columns, ...rules, source: null }
}

test.each([
  ['a > 1', ['a']],
  [`"it's" is not null or b <> 'a'`, ['b', "it's"]],
  [`upper(("half""quoted")::text)`, ['half"quoted']],
  ['char_length(`half``ticked`) < 9', ['half`ticked']],
  [`"50%" > 1 and "what?" = 'b''a'`, ['50%', 'what?']],
  [`'a' || größe`, ['Größe']],
  ['a(1)::b', []],
])('of %s are the columns %j', (expression, expected) => {
  expect(columnsIn(expression, table()).map(({ name }) => name)).toEqual(expected)
})
