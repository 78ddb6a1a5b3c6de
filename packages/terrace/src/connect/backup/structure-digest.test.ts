import { expect, test } from 'vitest'
import { plainText } from './structure-digest.ts'

const plain = (text: string): string => plainText(text, 'shop')

test.each([
  // What PostgreSQL prints of the same check before a dump and after it was restored.
  [
    `((kind)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))`,
    `((kind)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text]))`,
  ],
  [`'x'::character varying(10)`, `'x'`],
  ['((price > (0)::numeric(10, 2)))', '(price > 0)'],
  ['select `shop`.`a`.`b` from `shop`.`a`', 'select `a`.`b` from `a`'],
])('takes %s for the same as %s', (one, other) => {
  expect(plain(one)).toBe(plain(other))
})

test.each([
  ['(a and b) or c', 'a and (b or c)'],
  ['(a + b) * c', 'a + (b * c)'],
  [`'(a)'`, `'a'`],
  [`'a::text'`, `'a'`],
  ['lower(a)', 'lower a'],
  ['select `other`.`a`', 'select `a`'],
])('tells %s from %s', (one, other) => {
  expect(plain(one)).not.toBe(plain(other))
})
