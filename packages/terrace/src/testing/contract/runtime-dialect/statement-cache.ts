import { expect, test } from 'vitest'
import { useBench } from './bench.ts'
import { engineFacts } from './engine-facts.ts'
import { placed, type Bench, type DialectUnderContract, type GetBench } from './subject.ts'

export function statementCacheContract(shared: GetBench, subject: DialectUnderContract): void {
  const { oneConnection } = engineFacts[subject.engine]
  // One connection, so that each statement meets the one that is prepared already.
  const bench = oneConnection === null ? useBench(subject, { size: 1, overflow: 0 }) : shared

  const words = async (given: Bench): Promise<string> => {
    const table = given.newName()
    await given.createTable(table, `id integer, word ${given.sqlType({ kind: 'text', maxLength: 20 })}`)
    await given.run(`insert into ${table} values (1, 'one'), (2, 'two'), (3, null)`)
    return table
  }
  const named = (given: Bench, name: string, sql: string, ...parameters: readonly unknown[]) =>
    given.use(async (_, connection) => connection.execute({ sql: placed(sql, given.facts), parameters, name }))

  test('a named statement is answered anew for other parameters', async () => {
    const given = await bench()
    const table = await words(given)
    const read = (id: number) => named(given, `word_${table}`, `select word from ${table} where id = ?`, id)
    expect((await read(1)).rows).toEqual([{ word: 'one' }])
    expect((await read(2)).rows).toEqual([{ word: 'two' }])
    expect((await read(3)).rows).toEqual([{ word: null }])
    expect((await read(4)).rows).toEqual([])
    expect((await read(1)).rows).toEqual([{ word: 'one' }])
  })

  test('a named statement that failed works again', async () => {
    const given = await bench()
    const table = given.newName()
    await given.createTable(table, 'n integer not null unique')
    const insert = (n: number | null) => named(given, `insert_${table}`, `insert into ${table} values (?)`, n)
    await insert(1)
    await expect(insert(1)).rejects.toMatchObject({ kind: 'unique' })
    await expect(insert(null)).rejects.toMatchObject({ kind: 'notNull' })
    expect(await insert(2)).toMatchObject({ changed: 1 })
  })

  test('a named statement that failed at its first use works afterwards', async () => {
    const given = await bench()
    const table = given.newName()
    await given.createTable(table, 'n integer not null unique')
    const insert = (n: number | null) => named(given, `first_${table}`, `insert into ${table} values (?)`, n)
    await expect(insert(null)).rejects.toMatchObject({ kind: 'notNull' })
    await expect(insert(null)).rejects.toMatchObject({ kind: 'notNull' })
    expect(await insert(1)).toMatchObject({ changed: 1 })
  })

  test('a named statement sees the columns that were added since', async () => {
    const given = await bench()
    const table = await words(given)
    const read = () => named(given, `all_${table}`, `select * from ${table} where id = ?`, 1)
    expect((await read()).rows).toEqual([{ id: 1, word: 'one' }])
    await given.run(`alter table ${table} add column size integer`)
    expect((await read()).rows).toEqual([{ id: 1, word: 'one', size: null }])
    await given.run(`alter table ${table} drop column word`)
    expect((await read()).rows).toEqual([{ id: 1, size: null }])
  })

  test('a named statement outlives the table it was prepared on', async () => {
    const given = await bench()
    const table = await words(given)
    const read = () => named(given, `again_${table}`, `select word from ${table} where id = ?`, 1)
    await read()
    await given.run(`drop table ${table}`)
    await expect(read()).rejects.toMatchObject({ kind: 'missingObject' })
    await given.createTable(table, `id integer, word ${given.sqlType({ kind: 'bigint' })}`)
    await given.run(`insert into ${table} values (1, ?)`, 2n ** 60n)
    expect((await read()).rows).toEqual([{ word: 2n ** 60n }])
  })

  test('ad-hoc statements without number stay right when the oldest make room', async () => {
    const given = await bench()
    const read = async (n: number): Promise<unknown> => (await given.run(`select ${n} as n`)).rows[0]?.['n']
    for (let n = 0; n < 520; n += 1) expect(await read(n)).toBe(n)
    expect(await read(0)).toBe(0)
  })
}
