import { afterAll, describe, expect, test } from 'vitest'
import { describeEngines } from '../../../test/support/describe-engines.ts'
import { structureBench } from '../../../test/support/postgres-structures.ts'
import type { Driver } from '../../database/index.ts'
import { structureOf } from '../../sync/index.ts'
import { conversionsOn } from './conversion/conversions.ts'
import { createSchemaDialect, postgresDialect } from './index.ts'
import { renameInExpression } from './rename-in-expression.ts'

const types = [
  'smallint',
  'integer',
  'bigint',
  'numeric',
  'numeric(5,2)',
  'numeric(9,3)',
  'real',
  'double precision',
  'boolean',
  'text',
  'character varying(5)',
  'character varying(40)',
  'uuid',
  'date',
  'time(3) without time zone',
  'time without time zone',
  'timestamp(3) without time zone',
  'timestamp without time zone',
  'timestamp(0) with time zone',
  'timestamp with time zone',
  'jsonb',
  'json',
  'bytea',
]

/** Values that are at an edge, or over it, of some type. */
const samples: Readonly<Record<string, readonly string[]>> = {
  smallint: ['0', '-32768', '32767'],
  integer: ['0', '-2147483648', '2147483647', '99999'],
  bigint: ['0', '-9223372036854775808', '9223372036854775807', '9007199254740993', '16777217'],
  numeric: ['0', '1e300', '1e-400', '-1.005', `'NaN'`, '999.99', '9223372036854775808'],
  real: ['0', '0.1', `'Infinity'`, `'-Infinity'`, `'NaN'`, '1e-40', '16777216', '3e38'],
  double: ['0', '0.1', `'Infinity'`, `'NaN'`, '1e-310', '1e308', '123456.789', '9223372036854775807'],
  boolean: ['true', 'false'],
  text: [
    `''`,
    `'7'`,
    `'-0'`,
    `'007'`,
    `'99999999999999999999'`,
    `'1.50'`,
    `'.5'`,
    `'true'`,
    `'2024-02-29'`,
    `'2023-02-29'`,
    `'1900-02-29'`,
    `'0000-01-01'`,
    `'2024-13-01'`,
    `'5b3e5ad0-9d3c-4b6e-8c7e-0f2f3f4f5f6f'`,
    `'5B3E5AD0-9D3C-4B6E-8C7E-0F2F3F4F5F6F'`,
    `'{"a": 1}'`,
    `'{'`,
    `'12:00:00.5'`,
    `'2024-01-01 12:00:00'`,
    `E'7\\n'`,
    `'é'`,
  ],
  uuid: [`'5b3e5ad0-9d3c-4b6e-8c7e-0f2f3f4f5f6f'`],
  date: [`'2024-02-29'`, `'infinity'`, `'0044-03-15 BC'`, `'5874897-01-01'`],
  time: [`'12:00:00.123456'`, `'24:00:00'`],
  timestamp: [`'2024-01-01 12:00:00.123456'`, `'infinity'`, `'-infinity'`, `'294276-12-31 23:59:59'`],
  jsonb: [`'{"a": 1}'`, `'null'`],
  json: [`'{"a": 1}'`],
  bytea: [`'\\xff00'`],
}

function samplesOf(type: string): readonly string[] {
  return samples[type] ?? samples[type.split(/[ (]/)[0] ?? ''] ?? samples['text'] ?? []
}

describeEngines(
  'a conversion on PostgreSQL',
  (engine) => {
    const bench = structureBench(engine)
    const drivers: Driver[] = []
    afterAll(() => Promise.all(drivers.map((driver) => driver.close())))

    test('asks of rows what never raises an error, and what it lets through can be converted and reads the same', async () => {
      const { dialect } = await bench.structure()
      const wrong: string[] = []
      await bench.empty()
      for (const from of types) {
        await bench.run('drop table if exists s', `create table s (v ${from})`, 'insert into s values (null)')
        for (const value of samplesOf(from)) {
          const fits = bench.run(`insert into s values ((${value})::${from})`)
          // What the type itself cannot hold is no row.
          await fits.catch((error: { readonly kind?: string }) => {
            if (!['outOfRange', 'invalidValue', 'tooLong'].includes(error.kind ?? '')) throw error
          })
        }
        for (const to of types.filter((type) => type !== from)) {
          const conversion = dialect.conversions.column({ live: { type: from }, wanted: { type: to } } as never, 'v')
          if (conversion.kind !== 'checked' && conversion.kind !== 'lossless') continue
          const condition = conversion.kind === 'checked' ? conversion.offending : 'false'
          const failed = await bench
            .run(
              'drop table if exists c',
              `create table c as select v, v as former from s where v is not null and not coalesce((${condition}), false)`,
              `alter table c alter column v type ${to}${usingOf(from, to)}`,
            )
            .then(
              () => null,
              (error: Error) => error.message,
            )
          if (failed !== null) {
            wrong.push(`${from} → ${to}: ${failed}`)
            continue
          }
          const different = `v::text is distinct from former::text and v::text is distinct from former::${to}::text`
          const [row] = await bench.rows(`select count(*)::int as n from c where ${different}`)
          if (row?.['n'] !== 0) wrong.push(`${from} → ${to}`)
        }
      }
      expect(wrong).toEqual([])
    })

    test('[edge 39] between times with and without a zone is read as UTC, whatever the session is in', async () => {
      const { url } = await engine.fresh()
      const driver = await postgresDialect.open({ url: `${url}?options=-c%20TimeZone%3DAsia/Tokyo`, pool: {} })
      drivers.push(driver)
      const structure = structureOf({ driver, schema: createSchemaDialect })
      const connection = await driver.acquire({ access: 'write', timeoutMs: 2_000 })
      const run = async (sql: string) => (await connection.execute({ sql, parameters: [] })).rows
      await run('create table t (a timestamp(3), b timestamptz, c timestamptz)')
      await run(`insert into t values ('2024-01-01 12:00', '2024-01-01 23:30Z', '2024-01-01 12:00Z')`)
      const { snapshot } = await structure.introspect()
      await structure.adopt(snapshot)
      const table = snapshot.tables['t']
      if (table === undefined) throw new Error('t was not read')
      const turned = { a: 'timestamp(3) with time zone', b: 'date', c: 'text' } as Readonly<Record<string, string>>
      const columns = table.columns.map((column) => ({ ...column, type: turned[column.name] ?? column.type }))
      const plan = await structure.apply({ tables: { t: { ...table, columns } } })
      expect(plan.hazards.filter((hazard) => hazard.class === 'lossy').map(({ reason }) => reason)).toContain(
        'a time without a zone says no instant, and would be read as UTC',
      )
      expect(await run(`select (a at time zone 'UTC')::text as a, b::text as b, c from t`)).toEqual([
        { a: '2024-01-01 12:00:00', b: '2024-01-01', c: '2024-01-01T12:00:00.000000Z' },
      ])
      await driver.release(connection)
    })
  },
  ['postgres'],
)

function usingOf(from: string, to: string): string {
  const isText = from === 'text' || from.startsWith('character varying')
  return isText && to !== 'text' && !to.startsWith('character varying') ? ` using v::${to}` : ''
}

describe('a conversion', () => {
  const { column } = conversionsOn({ product: 'PostgreSQL', version: '15.0' })
  const kind = (from: string, to: string): string =>
    column({ live: { type: from }, wanted: { type: to } } as never, '"v"').kind

  test.each([
    ['integer', 'bigint', 'lossless'],
    ['bigint', 'integer', 'checked'],
    ['integer', 'numeric(12,2)', 'lossless'],
    ['integer', 'numeric(11,2)', 'checked'],
    ['numeric(8,2)', 'numeric(10,4)', 'lossless'],
    ['numeric(8,2)', 'numeric(10,5)', 'checked'],
    ['character varying(9)', 'text', 'lossless'],
    ['text', 'character varying(9)', 'checked'],
    ['uuid', 'character varying(36)', 'lossless'],
    ['text', 'uuid', 'checked'],
    ['text', 'jsonb', 'lossy'],
    ['json', 'jsonb', 'lossy'],
    ['boolean', 'integer', 'lossy'],
    ['timestamp(3) with time zone', 'timestamp with time zone', 'lossless'],
    ['timestamp without time zone', 'timestamp with time zone', 'lossy'],
    ['mood', 'text', 'lossless'],
    ['text', 'mood', 'lossy'],
    ['uuid', 'integer', 'impossible'],
    ['bytea', 'date', 'impossible'],
  ])('from %s to %s is %s', (from, to, expected) => {
    expect(kind(from, to)).toBe(expected)
  })
})

describe('a renamed column', () => {
  test.each([
    [`((a)::text = 'a'::text)`, `((b)::text = 'a'::text)`],
    ['(a(a) > aa)', '(a(b) > aa)'],
    [`("a" > 1)`, '(b > 1)'],
    [`(x COLLATE "a" = a)`, `(x COLLATE "a" = b)`],
  ])('stands in %s', (expression, expected) => {
    expect(renameInExpression(expression, 'a', 'b')).toBe(expected)
  })

  test('is neither a type, nor what EXTRACT takes, nor a word in a text', () => {
    expect(renameInExpression('EXTRACT(year FROM year)', 'year', 'y')).toBe('EXTRACT(year FROM y)')
    expect(renameInExpression(`(zone > '2020'::timestamp with time zone)`, 'zone', 'place')).toBe(
      `(place > '2020'::timestamp with time zone)`,
    )
    expect(renameInExpression(`(name ~~ 'it''s name'::text)`, 'name', 'Title')).toBe(`("Title" ~~ 'it''s name'::text)`)
  })
})
