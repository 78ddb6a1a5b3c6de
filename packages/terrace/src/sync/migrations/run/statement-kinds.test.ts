import { expect, test } from 'vitest'
import { changesRowsOnly, controlsTransaction } from './statement-kinds.ts'

test.each([
  'insert into a values (1)',
  '  UPDATE a set b = 1',
  '-- why\nupdate a set b = 1',
  '/* a note; drop table x */ delete from a',
  '(select 1)',
  'with c as (select 1) select * from c',
  'replace into a values (1)',
])('works on rows alone: %s', (sql) => expect(changesRowsOnly(sql)).toBe(true))

test.each([
  'create table a (b integer)',
  'truncate table a',
  'call fill()',
  "load data infile 'x' into table a",
  '/*! drop table a */ select 1',
  '/*M! drop table a */ select 1',
  'set foreign_key_checks = 0',
  'lock tables a write',
  'inserted',
  '-- nothing',
  '',
])('is not known to work on rows alone: %s', (sql) => expect(changesRowsOnly(sql)).toBe(false))

test.each([
  "prepare transaction 'a'",
  "xa start 'a'",
  '-- why\nlock tables a write',
  'unlock tables',
  'set @@session.autocommit = 1',
  'SET autocommit=0',
  'begin',
  'START TRANSACTION',
  '-- now\n commit;',
  'savepoint a',
  'rollback to a',
  'end',
])('begins or ends a transaction: %s', (sql) => expect(controlsTransaction(sql)).toBe(true))

test.each([
  'update a set b = 1',
  'create table commits (a integer)',
  'select 1',
  'lock table a',
  'set autocommits = 1',
])('leaves the transaction alone: %s', (sql) => expect(controlsTransaction(sql)).toBe(false))
