import { expect, test } from 'vitest'
import { requireRawCommand } from './raw-command.ts'

test.each([
  'select 1',
  'with a as (select 1) select * from a',
  'values (1)',
  'insert into a values (1)',
  'update a set b = 1',
  'delete from a',
  'explain select 1',
  'show tables',
  '  (( SELECT 1))',
  '-- why\nselect 1',
  '/* why */ select 1',
])('raw SQL may be %s', (sql) => {
  expect(() => requireRawCommand(sql)).not.toThrow()
})

test.each([
  ['commit', 'begins with COMMIT'],
  ['/* select */ rollback', 'begins with ROLLBACK'],
  ['/*! commit */ select 1', 'does not begin with a command'],
  ['-- select', 'does not begin with a command'],
  ['', 'does not begin with a command'],
  ['create table a (b int)', 'begins with CREATE'],
  ['set a = 1', 'begins with SET'],
  ['selectx', 'begins with SELECTX'],
])('raw SQL may not be %s', (sql, problem) => {
  expect(() => requireRawCommand(sql)).toThrow(problem)
})
