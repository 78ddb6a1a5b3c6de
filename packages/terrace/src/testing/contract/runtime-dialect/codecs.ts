import { describe, expect, test } from 'vitest'
import type { Codec } from '../../../database/index.ts'
import { canonicalValue, columnFactsOf, type Column, type ColumnFact } from '../../../model/index.ts'
import { valueSamples } from '../value-samples.ts'
import { useBench } from './bench.ts'
import { writing, type Bench, type DialectUnderContract } from './subject.ts'

export function codecsContract(subject: DialectUnderContract): void {
  const bench = useBench(subject)

  for (const [name, { column, values }] of Object.entries(valueSamples)) {
    describe(`a column of ${name}`, () => {
      const fact = factOf(column)

      test('each value comes back as it went in', async () => {
        const given = await bench()
        const stored = await roundTrip(given, fact, values)
        expect(stored).toEqual(values.map((value) => canonicalValue(fact, value)))
      })
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
  const codec = given.dialect.codec(fact)
  const table = given.newName()
  await given.createTable(table, `id integer not null primary key, v ${given.sqlType(fact.type)} null`)
  await given.use(async (run, connection) => {
    await connection.begin(writing(connection))
    for (const [id, value] of values.entries())
      await run(`insert into ${table} values (?, ?)`, id, encoded(codec, value))
    await connection.commit()
  })
  const { rows } = await given.run(`select v from ${table} order by id`)
  return rows.map((row) => decoded(codec, row['v']))
}

export function encoded({ encode }: Codec, value: unknown): unknown {
  return value === null || encode === null ? value : encode(value as never)
}

export function decoded({ decode }: Codec, value: unknown): unknown {
  return value === null || decode === null ? value : decode(value as never)
}
