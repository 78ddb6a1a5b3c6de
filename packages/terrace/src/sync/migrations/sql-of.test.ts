import { expect, test } from 'vitest'
import { revisionDraft } from '../../../test/support/revision-draft.ts'
import type { Revision } from './history.ts'
import { revisionOf } from './revision-of.ts'
import { sqlOf } from './sql-of.ts'

const first = revisionOf(
  'm',
  revisionDraft({ revision: 'a1', up: [{ sql: 'create table t (a)' }], down: [{ sql: 'drop table t' }] }),
)
const second: Revision = {
  ...revisionOf('m', revisionDraft({ revision: 'b2', parents: ['a1'], description: 'more' })),
  up: [
    { data: 'fill', version: 3, run: async () => {} },
    {
      sql: ['\n  select 1;\n', 'select 2 -- two', 'select 3\n  -- three\n  from t'],
      refuseIf: [{ sql: 'select count(*) as offending\nfrom t', rows: 'rows' }],
      transaction: false,
    },
  ],
  down: [{ irreversible: 'the values\nare gone' }],
}

test('a path reads as a text of SQL, with what it does not hold said in comments', () => {
  expect(sqlOf([first, second], 'upgrade')).toBe(`-- upgrade a1, about a1 (the first one)
create table t (a);

-- upgrade b2, more (after a1)
-- data step fill, version 3: a function, not included here
-- refused if there are rows: select count(*) as offending
-- from t
-- outside of a transaction
select 1;
select 2 -- two
;
select 3
  -- three
  from t;
`)
  expect(sqlOf([second, first], 'downgrade')).toBe(`-- downgrade b2, more (after a1)
-- no way back: the values
-- are gone

-- downgrade a1, about a1 (the first one)
drop table t;
`)
  expect(sqlOf([], 'upgrade')).toBe('')
})
