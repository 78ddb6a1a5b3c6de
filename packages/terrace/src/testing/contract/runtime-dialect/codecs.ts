import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { Codec } from '../../../database/index.ts'
import { canonicalValue, columnFactsOf, type Column, type ColumnFact, type ColumnKind } from '../../../model/index.ts'
import { valueSamples } from '../value-samples.ts'
import { testUnless, writing, type Bench, type GetBench } from './subject.ts'

/** Kinds whose values no condition compares, each with the reason. */
const incomparable: Partial<Record<ColumnKind, string>> = {
  json: 'json is not compared',
  array: 'arrays are not compared',
  native: 'types of an engine are not compared',
}

export function codecsContract(bench: GetBench): void {
  for (const [name, { column, values }] of Object.entries(valueSamples)) {
    describe(`a column of ${name}`, () => {
      const fact = factOf(column)

      test('each value comes back as it went in', async () => {
        const given = await bench()
        const found = await roundTrip(given, fact, values)
        expect(found).toEqual(values.map((value) => canonicalValue(fact, value)))
      })

      testUnless(
        incomparable[fact.type.kind] ?? null,
        'a condition finds the rows of a value and no others',
        async () => {
          const given = await bench()
          const canonical = values.map((value) => canonicalValue(fact, value))
          const table = await stored(given, fact, canonical)
          for (const value of canonical) {
            const { rows } = await given.run(
              `select id from ${table} where v = ? order by id`,
              encoded(given.dialect.codec(fact), value),
            )
            const equal = canonical.flatMap((other, id) => (isDeepStrictEqual(other, value) ? [id] : []))
            expect(rows.map(({ id }) => id)).toEqual(equal)
          }
        },
      )
    })
  }

  test('null needs no codec', async () => {
    const given = await bench()
    for (const { column } of Object.values(valueSamples)) {
      expect(await roundTrip(given, factOf(column), [null])).toEqual([null])
    }
  })
}

function factOf(column: Column): ColumnFact {
  const [fact] = columnFactsOf({ value: column })
  if (fact === undefined) throw new Error('A column without a fact')
  return fact
}

async function roundTrip(given: Bench, fact: ColumnFact, values: readonly unknown[]): Promise<readonly unknown[]> {
  const table = await stored(given, fact, values)
  const { rows } = await given.run(`select v from ${table} order by id`)
  return rows.map((row) => decoded(given.dialect.codec(fact), row['v']))
}

/** A new table with each value in `v`, numbered from 0 in `id`. */
async function stored(given: Bench, fact: ColumnFact, values: readonly unknown[]): Promise<string> {
  const codec = given.dialect.codec(fact)
  const table = given.newName()
  await given.createTable(table, `id integer not null primary key, v ${given.sqlType(fact.type)} null`)
  await given.use(async (run, connection) => {
    await connection.begin(writing(connection))
    for (const [id, value] of values.entries())
      await run(`insert into ${table} values (?, ?)`, id, encoded(codec, value))
    await connection.commit()
  })
  return table
}

function encoded({ encode }: Codec, value: unknown): unknown {
  return value === null || encode === null ? value : encode(value as never)
}

function decoded({ decode }: Codec, value: unknown): unknown {
  return value === null || decode === null ? value : decode(value as never)
}
