import { expect, test } from 'vitest'
import { describeEngines } from '../../../test/support/describe-engines.ts'
import { structureBench } from '../../../test/support/postgres-structures.ts'

const instants = `select id, to_char(at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') as utc from t order by id`

describeEngines(
  'a time of PostgreSQL',
  (engine) => {
    const bench = structureBench(engine)

    test("[edge 39] gets a zone as UTC, and gives it up so, whatever the session's zone is", async () => {
      const rows = [`insert into t values (1, '2024-03-31 02:30:00'), (2, '1999-12-31 23:59:59')`]
      const read = [
        { id: 1, utc: '2024-03-31 02:30:00' },
        { id: 2, utc: '1999-12-31 23:59:59' },
      ]
      await bench.run(`set timezone to 'Europe/Berlin'`)
      const { sql, plan } = await bench.followAndReturn({
        from: ['create table t (id integer primary key, at timestamp)'],
        rows,
        to: ['create table t (id integer primary key, at timestamptz)'],
      })
      expect(sql).toEqual([
        `alter table "t" alter column "at" type timestamp with time zone using "at" at time zone 'UTC'`,
      ])
      expect(await bench.rows('show timezone')).toEqual([{ TimeZone: 'Europe/Berlin' }])
      expect(plan.hazards.map((hazard) => hazard.class)).toContain('lossy')
      await bench.run(`alter table t alter column at type timestamptz using at at time zone 'UTC'`)
      expect(await bench.rows(instants)).toEqual(read)
    })
  },
  ['postgres'],
)
