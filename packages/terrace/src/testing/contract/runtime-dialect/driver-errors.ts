import { describe, expect } from 'vitest'
import { consequencesOf, type DriverErrorKind } from '../../../database/index.ts'
import { engineFacts } from './engine-facts.ts'
import { testUnless, type DialectUnderContract, type GetBench, type Provoked } from './subject.ts'

const kinds = Object.keys(consequencesOf) as DriverErrorKind[]

// SQLite ends some transactions by itself when the disk is full, and then says so.
const mayEndSession: readonly DriverErrorKind[] = ['diskFull']

export function driverErrorsContract(bench: GetBench, subject: DialectUnderContract): void {
  const { provocations } = engineFacts[subject.engine]

  for (const kind of kinds) {
    const provoke = provocations[kind]
    const reason = typeof provoke === 'string' ? provoke : null
    testUnless(reason, `${kind} is told apart, with what follows from it`, async () => {
      if (typeof provoke === 'string') return
      const provoked = await provoke(await bench())
      expectFacts(kind, provoked)
      expectPlace(provoked)
      expect((await (await bench()).run('select 1 as one')).rows).toEqual([{ one: 1 }])
    })
  }

  describe('a failed statement', () => {
    testUnless(null, 'shows no values in its message', async () => {
      const given = await bench()
      const table = given.newName()
      await given.createTable(table, `word ${given.sqlType({ kind: 'text', maxLength: 20 })} unique`)
      const insert = () => given.run(`insert into ${table} values (?)`, 'hunter2')
      await insert()
      const error = await insert().catch((reason: unknown) => reason)
      expect(error).toHaveProperty('message', expect.not.stringContaining('hunter2'))
      expect(error).toHaveProperty('cause', expect.anything())
    })
  })
}

function expectFacts(kind: DriverErrorKind, { error }: Provoked): void {
  const { retryable, endsSession } = consequencesOf[kind]
  expect(error).toMatchObject({ kind, retryable })
  if (!mayEndSession.includes(kind)) expect(error.endsSession).toBe(endsSession)
  expect(error.cause).toBeDefined()
}

/** Engines name the constraint or its columns; one of the two must be there, unless nothing was expected. */
function expectPlace({ error, table, constraint, columns }: Provoked): void {
  if (table !== undefined) expect([table, null]).toContain(error.table)
  if (error.constraint !== null && constraint !== undefined) expect(error.constraint).toBe(constraint)
  if (error.columns !== null && columns !== undefined) expect(error.columns).toEqual(columns)
  if (columns === undefined) return
  expect(error.constraint ?? error.columns).not.toBeNull()
}
