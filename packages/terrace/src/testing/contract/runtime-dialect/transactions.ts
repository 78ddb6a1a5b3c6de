import { expect, test } from 'vitest'
import { isolationAtLeast, type IsolationLevel } from '../../../database/index.ts'
import { engineFacts } from './engine-facts.ts'
import { failureOf, testUnless, writing, type Bench, type DialectUnderContract, type GetBench } from './subject.ts'

export function transactionsContract(bench: GetBench, subject: DialectUnderContract): void {
  const facts = engineFacts[subject.engine]

  const numbers = async (given: Bench): Promise<string> => {
    const table = given.newName()
    await given.createTable(table, `n ${given.sqlType({ kind: 'integer' })} not null unique`)
    return table
  }
  const numbersIn = async (given: Bench, table: string): Promise<readonly unknown[]> =>
    (await given.run(`select n from ${table} order by n`)).rows.map((row) => row['n'])

  test('commit keeps what was written', async () => {
    const given = await bench()
    const table = await numbers(given)
    await given.use(async (run, connection) => {
      await connection.begin(writing(connection))
      await run(`insert into ${table} values (1)`)
      await connection.commit()
    })
    expect(await numbersIn(given, table)).toEqual([1])
  })

  test('rollback undoes it, also after a statement failed', async () => {
    const given = await bench()
    const table = await numbers(given)
    await given.use(async (run, connection) => {
      await connection.begin(writing(connection))
      await run(`insert into ${table} values (1)`)
      await failureOf(() => run(`insert into ${table} values (1)`))
      await connection.rollback()
    })
    expect(await numbersIn(given, table)).toEqual([])
  })

  test('a savepoint is undone alone, also after a statement failed in it', async () => {
    const given = await bench()
    const table = await numbers(given)
    await given.use(async (run, connection) => {
      await connection.begin(writing(connection))
      await run(`insert into ${table} values (1)`)
      await connection.savepoint('first')
      await run(`insert into ${table} values (2)`)
      await failureOf(() => run(`insert into ${table} values (2)`))
      await connection.rollbackToSavepoint('first')
      await run(`insert into ${table} values (3)`)
      await connection.commit()
    })
    expect(await numbersIn(given, table)).toEqual([1, 3])
  })

  test('a released savepoint is part of what surrounds it', async () => {
    const given = await bench()
    const table = await numbers(given)
    await given.use(async (run, connection) => {
      await connection.begin(writing(connection))
      await connection.savepoint('outer')
      await connection.savepoint('inner')
      await run(`insert into ${table} values (1)`)
      await connection.releaseSavepoint('inner')
      await connection.rollbackToSavepoint('outer')
      await connection.releaseSavepoint('outer')
      await run(`insert into ${table} values (2)`)
      await connection.commit()
    })
    expect(await numbersIn(given, table)).toEqual([2])
  })

  test('a read-only transaction refuses writes, and the next one does not', async () => {
    const given = await bench()
    const table = await numbers(given)
    await given.use(async (run, connection) => {
      for (const end of ['commit', 'rollback'] as const) {
        await connection.begin({ ...writing(connection), readOnly: true })
        expect(await run(`select n from ${table}`)).toMatchObject({ changed: 0 })
        await connection[end]()
      }
      await connection.begin({ ...writing(connection), readOnly: true })
      expect(await failureOf(() => run(`insert into ${table} values (1)`))).toMatchObject({ kind: 'readOnly' })
      await connection.rollback()
      await connection.begin(writing(connection))
      await run(`insert into ${table} values (2)`)
      await connection.commit()
    })
    expect(await numbersIn(given, table)).toEqual([2])
  })

  test('begin accepts the isolation levels of the capabilities', async () => {
    const given = await bench()
    const { isolationLevels } = given.driver.capabilities
    expect(isolationLevels.length).toBeGreaterThan(0)
    await given.use(async (run, connection) => {
      for (const isolation of isolationLevels) {
        await connection.begin({ isolation, readOnly: false })
        expect((await run('select 1 as one')).rows).toEqual([{ one: 1 }])
        await connection.commit()
      }
    })
  })

  testUnless(facts.oneConnection, 'nobody else sees what is not committed', async () => {
    const given = await bench()
    const table = await numbers(given)
    await given.use(async (run, connection) => {
      await connection.begin(writing(connection))
      await run(`insert into ${table} values (1)`)
      const seen = await given.use((read) => read(`select n from ${table}`), { access: 'read' })
      expect(seen.rows).toEqual([])
      await connection.commit()
      expect((await given.use((read) => read(`select n from ${table}`), { access: 'read' })).rows).toEqual([{ n: 1 }])
    })
  })

  /** What a reader's transaction sees, before and after another one committed a row. */
  const seenAround = async (given: Bench, isolation: IsolationLevel): Promise<readonly number[]> => {
    const table = await numbers(given)
    return given.use(
      async (read, reader) => {
        const count = async (): Promise<number> => (await read(`select n from ${table}`)).rows.length
        const level = isolationAtLeast(isolation, reader.capabilities)
        await reader.begin({ isolation: level, readOnly: true })
        const before = await count()
        await given.run(`insert into ${table} values (1)`)
        const after = await count()
        await reader.commit()
        return [before, after, await count()]
      },
      { access: 'read' },
    )
  }

  testUnless(facts.oneConnection, 'repeatableRead sees one state of the data until it ends', async () => {
    expect(await seenAround(await bench(), 'repeatableRead')).toEqual([0, 0, 1])
  })

  testUnless(facts.oneConnection ?? facts.oneWriter, 'readCommitted sees what others commit meanwhile', async () => {
    expect(await seenAround(await bench(), 'readCommitted')).toEqual([0, 1, 1])
  })
}
