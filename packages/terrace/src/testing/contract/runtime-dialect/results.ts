import { expect, test } from 'vitest'
import type { Bench, GetBench } from './subject.ts'

const beyond = 2n ** 53n

export function resultsContract(bench: GetBench): void {
  const notes = async (given: Bench): Promise<string> => {
    const table = given.newName()
    const note = given.sqlType({ kind: 'text', maxLength: 20 })
    await given.createTable(
      table,
      `id ${given.facts.identityKey}, note ${note}, amount ${given.sqlType({ kind: 'bigint' })}`,
    )
    return table
  }

  test('rows are objects by output name', async () => {
    const given = await bench()
    const table = await notes(given)
    await given.run(`insert into ${table} (note, amount) values (?, ?), (?, ?)`, 'a', 1, null, 2)
    const { rows } = await given.run(`select note, amount as how_much from ${table} order by amount`)
    expect(rows).toEqual([
      { note: 'a', how_much: 1 },
      { note: null, how_much: 2 },
    ])
  })

  test('changed counts the rows that were inserted, matched by an update, deleted', async () => {
    const given = await bench()
    const table = await notes(given)
    const changed = async (sql: string): Promise<number> => (await given.run(sql)).changed
    expect(await changed(`insert into ${table} (note, amount) values ('a', 1), ('b', 2), ('c', 3)`)).toBe(3)
    expect(await changed(`update ${table} set note = 'x' where amount > 1`)).toBe(2)
    expect(await changed(`update ${table} set note = 'x' where amount > 1`)).toBe(2)
    expect(await changed(`update ${table} set note = 'x' where amount > 9`)).toBe(0)
    expect(await changed(`delete from ${table}`)).toBe(3)
    expect(await changed(`delete from ${table}`)).toBe(0)
  })

  test('a key that the database numbered comes back as a row or as insertId', async () => {
    const given = await bench()
    const table = await notes(given)
    const { insertReturning } = given.driver.capabilities
    const insert = `insert into ${table} (note) values (?)${insertReturning ? ' returning id' : ''}`
    const keys: unknown[] = []
    for (const note of ['a', 'b']) {
      const { changed, insertId, rows } = await given.run(insert, note)
      expect(changed).toBe(1)
      keys.push(insertReturning ? rows[0]?.['id'] : insertId)
    }
    expect(keys).toEqual([1, 2])
  })

  test('whole numbers are numbers up to 2^53 - 1 and exact bigints beyond', async () => {
    const given = await bench()
    const table = await notes(given)
    const amounts = [0n, 1n, -1n, beyond - 1n, -beyond + 1n, beyond, -beyond, beyond + 1n, 2n ** 63n - 1n, -(2n ** 63n)]
    for (const amount of amounts) await given.run(`insert into ${table} (amount) values (?)`, amount)
    const expected = amounts.map((amount) => (amount < beyond && amount > -beyond ? Number(amount) : amount))
    const select = { sql: `select amount from ${table} order by id`, parameters: [], name: `amounts_${table}` }
    const read = (): Promise<unknown[]> =>
      given.use(async (_, connection) => (await connection.execute(select)).rows.map((row) => row['amount']))
    expect(await read()).toEqual(expected)
    expect(await read()).toEqual(expected)
  })

  test('whole numbers that are no column are exact too', async () => {
    const given = await bench()
    const table = await notes(given)
    await given.run(`insert into ${table} (amount) values (?), (?)`, beyond - 1n, 1)
    const { rows } = await given.run(`select count(*) as n, max(amount) as m from ${table}`)
    expect(rows).toEqual([{ n: 2, m: Number(beyond - 1n) }])
    await given.run(`update ${table} set amount = ? where amount = 1`, beyond + 1n)
    expect((await given.run(`select max(amount) as m, max(note) as none from ${table}`)).rows).toEqual([
      { m: beyond + 1n, none: null },
    ])
  })

  test('what an insert returns is exact', async () => {
    const given = await bench()
    const table = await notes(given)
    const insert = `insert into ${table} (note, amount) values (?, ?)`
    const read = given.driver.capabilities.insertReturning
      ? () => given.run(`${insert} returning note, amount`, 'a', beyond + 1n)
      : () => given.run(insert, 'a', beyond + 1n).then(() => given.run(`select note, amount from ${table}`))
    expect((await read()).rows).toEqual([{ note: 'a', amount: beyond + 1n }])
  })

  test('floats are numbers, however large', async () => {
    const given = await bench()
    const table = given.newName()
    await given.createTable(table, `id integer, f ${given.sqlType({ kind: 'float' })}`)
    const floats = [0.1, -1.5, 1e300, 5e-324, 2 ** 53 + 2, 1.797_693_134_862_315_7e308]
    for (const [id, float] of floats.entries()) await given.run(`insert into ${table} values (?, ?)`, id, float)
    expect((await given.run(`select f from ${table} order by id`)).rows.map((row) => row['f'])).toEqual(floats)
  })

  test('binary values are Uint8Arrays, also empty ones', async () => {
    const given = await bench()
    const table = given.newName()
    await given.createTable(table, `id integer, b ${given.sqlType({ kind: 'bytes' })}`)
    const values = [new Uint8Array(0), new Uint8Array([0, 255, 39, 92]), null]
    for (const [id, value] of values.entries()) await given.run(`insert into ${table} values (?, ?)`, id, value)
    const { rows } = await given.run(`select b from ${table} order by id`)
    expect(rows.map(({ b }) => (b instanceof Uint8Array ? [...b] : b))).toEqual([[], [0, 255, 39, 92], null])
  })

  test('a row belongs to the caller: changing it changes no later answer', async () => {
    const given = await bench()
    const table = await notes(given)
    await given.run(`insert into ${table} (note) values ('a')`)
    const select = { sql: `select note from ${table}`, parameters: [], name: `owned_${table}` }
    const read = () => given.use(async (_, connection) => (await connection.execute(select)).rows)
    for (const row of await read()) row['note'] = 'changed'
    expect(await read()).toEqual([{ note: 'a' }])
  })

  test('statements that return no rows may be told so', async () => {
    const given = await bench()
    const table = await notes(given)
    const insert = { sql: `insert into ${table} (note) values ('a')`, parameters: [], returnsRows: false }
    const result = await given.use(async (_, connection) => connection.execute(insert))
    expect(result).toMatchObject({ rows: [], changed: 1 })
  })

  test('as many parameters as maxParameters says are taken', async () => {
    const given = await bench()
    const parameters = Array.from({ length: given.driver.capabilities.maxParameters }, (_, index) => index)
    const list = parameters.map(() => '?').join(', ')
    const { rows } = await given.run(`select 1 as found where 3 in (${list})`, ...parameters)
    expect(rows).toEqual([{ found: 1 }])
  })

  test('texts are sorted whole, by code point', async () => {
    const given = await bench()
    const table = given.newName()
    const [short, long] = [
      given.sqlType({ kind: 'text', maxLength: 4_000 }),
      given.sqlType({ kind: 'text', maxLength: null }),
    ]
    await given.createTable(table, `id integer, short ${short}, long_one ${long}`)
    const ends = ['c', 'a', 'ab', 'B', '\uffff', '😀', 'ä', '']
    for (const [id, end] of ends.entries()) {
      const value = 'x'.repeat(3_900) + end
      await given.run(`insert into ${table} values (?, ?, ?)`, id, value, value)
    }
    const expected = [7, 3, 1, 2, 0, 6, 4, 5]
    for (const column of ['short', 'long_one']) {
      const { rows } = await given.run(`select id from ${table} order by ${column}`)
      expect(rows.map((row) => row['id'])).toEqual(expected)
    }
  })

  test('the position function finds a part literally, by case, and says 0 for nowhere', async () => {
    const given = await bench()
    const { name, order } = given.dialect.position
    const table = given.newName()
    await given.createTable(table, `id integer, whole ${given.sqlType({ kind: 'text', maxLength: 50 })}`)
    const call = order === 'textFirst' ? `${name}(whole, ?)` : `${name}(?, whole)`
    await given.run(`insert into ${table} values (1, ?)`, 'Ärger 100% a_b 😀 end')
    const found = async (part: string): Promise<unknown> =>
      (await given.run(`select ${call} as found_at from ${table}`, part)).rows[0]?.['found_at']
    expect(await found('Ärger')).toBe(1)
    expect(await found('100%')).toBe(7)
    expect(await found('end')).toBe(18)
    for (const absent of ['ärger', '1%0', 'a-b', 'zzz']) expect(await found(absent)).toBe(0)
  })
}
