import { expect, test } from 'vitest'
import { mentions } from './mentions.ts'

test.each([
  ['alter table "products" drop column "kcal"', 'kcal'],
  ['ALTER TABLE PRODUCTS DROP KCAL', 'kcal'],
  ['drop index `we``ird`', 'we`ird'],
  ['drop table "qu""ote"', 'qu"ote'],
  ['create index ix on t (größe)', 'größe'],
  ['drop table [a]]b]', 'a]b'],
  ['select a.b', 'b'],
  ['drop view "two words"', 'two words'],
])('%s names %s', (sql, name) => expect(mentions(sql, name)).toBe(true))

test.each([
  ['create table "_terrace_new_products" (id integer)', 'products'],
  ['drop table products_old', 'products'],
  ['select kcal100', 'kcal'],
  ['select größer', 'größe'],
  ['select 1', ''],
])('%s does not name %s', (sql, name) => expect(mentions(sql, name)).toBe(false))
