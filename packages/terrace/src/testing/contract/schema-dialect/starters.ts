import { describe, expect, test } from 'vitest'
import { synchronize } from '../../../sync/index.ts'
import { startedModels } from './graphs.ts'
import { recorded, testedStructure, type SchemaUnderContract, type TestedStructure } from './subject.ts'

/** Many starters at once, and starters that lose their connection; processes that are killed are in `test/structure`. */
export function startersContract(subject: SchemaUnderContract): void {
  describe.skipIf(!subject.isShared)(
    `starters${subject.isShared ? '' : ' (skipped: nobody else can open this database)'}`,
    () => {
      test.each([2, 8])('of %i at once exactly one works, and all are ready', async (count) => {
        const structure = await testedStructure(subject)
        const drivers = await Promise.all(
          Array.from({ length: count }, () => subject.runtime.open({ url: structure.url, pool: {} })),
        )
        const options = { dialect: subject.runtime, schema: subject.createSchemaDialect, graph: startedModels() }
        const reports = await Promise.all(drivers.map((driver) => synchronize({ ...options, driver })))
        await Promise.all(drivers.map((driver) => driver.close()))
        expect(reports.filter(({ steps }) => steps.length > 0)).toHaveLength(1)
        expect(await structure.rows('select state from terrace_revision')).toEqual([{ state: 'done' }])
        await expectComplete(structure)
      })

      test('a starter waits no longer than it was told to', async () => {
        const structure = await testedStructure(subject)
        await structure.sync(startedModels())
        await structure.forget()
        const holder = await holdLock(subject, structure)
        const waiting: string[] = []
        const impatient = structure.sync(startedModels(), {
          lockTimeoutMs: 300,
          observer: { waiting: () => waiting.push('told') },
        })
        await expect(impatient).rejects.toMatchObject({ code: 'STRUCTURE_LOCK_TIMEOUT' })
        await holder.release()
        expect(waiting).toEqual(['told'])
        expect((await structure.sync(startedModels())).steps).toEqual([])
      })

      test(
        'a starter that loses its connection at any statement is followed by one that completes',
        { timeout: 30_000 },
        async () => {
          const total = await statementsOfAStart(subject)
          // Every other one where a start takes milliseconds.
          const every = subject.engine === 'sqliteFile' ? 2 : Math.ceil(total / 6)
          for (let at = 1; at <= total; at += every) {
            const structure = await testedStructure(subject)
            await expect(startThatDies(subject, structure.url, at)).rejects.toThrow('died')
            await structure.sync(startedModels())
            await expectComplete(structure)
          }
        },
      )
    },
  )
}

/** Every table once, owned, seeded, nothing left open in the journal, nothing left to do. */
async function expectComplete(structure: TestedStructure): Promise<void> {
  expect(await structure.rows(`select state from terrace_step where state = 'begun'`)).toEqual([])
  expect(await structure.rows('select name from colours order by id')).toEqual([{ name: 'red' }, { name: 'blue' }])
  expect(await structure.rows('select name from shades')).toEqual([{ name: 'ruby' }])
  await structure.forget()
  expect(await structure.sync(startedModels())).toMatchObject({ steps: [], leftAlone: [], notOwned: [], seeded: [] })
}

async function statementsOfAStart(subject: SchemaUnderContract): Promise<number> {
  const structure = await testedStructure(subject)
  await structure.sync(startedModels())
  return structure.sent.length
}

async function startThatDies(subject: SchemaUnderContract, url: string, at: number): Promise<unknown> {
  const real = await subject.runtime.open({ url, pool: {} })
  let count = 0
  const driver = recorded(real, [], () => {
    count += 1
    if (count >= at) throw new Error('died')
  })
  const options = { dialect: subject.runtime, schema: subject.createSchemaDialect, graph: startedModels() }
  try {
    return await synchronize({ ...options, driver })
  } finally {
    await real.close()
  }
}

/** Takes the structure's lock as a starter does, on a connection of its own. */
async function holdLock(
  subject: SchemaUnderContract,
  { url, dialect }: TestedStructure,
): Promise<{ release(): Promise<void> }> {
  const driver = await subject.runtime.open({ url, pool: {} })
  const connection = await driver.acquire({ access: 'write', timeoutMs: 1_000 })
  const { lock } = dialect
  if (lock.kind === 'transaction') {
    await connection.begin({ isolation: connection.capabilities.isolationLevels[0] ?? 'serializable', readOnly: false })
    if (lock.acquire !== null) await connection.execute(lock.acquire)
  } else await connection.execute(lock.acquire)
  return {
    release: async () => {
      if (lock.kind === 'transaction') await connection.rollback()
      else await connection.execute(lock.release)
      await driver.release(connection)
      await driver.close()
    },
  }
}
