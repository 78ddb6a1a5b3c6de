import { describe, expect, test } from 'vitest'
import type { TerraceError } from '../../../errors/index.ts'
import { decimal, graph, integer, model, native, text, uuid, type Columns } from '../../../model/index.ts'
import { engineFacts } from './engine-facts.ts'
import { testUnless, type DialectUnderContract, type GetBench } from './subject.ts'

export function openingContract(bench: GetBench, subject: DialectUnderContract): void {
  const facts = engineFacts[subject.engine]

  test('a missing driver package is named, with the command that installs it', async () => {
    let asked = ''
    const dialect = subject.createDialect((name) => {
      asked = name
      const missing = new Error(`Cannot find package '${name}' imported from here`)
      return Promise.reject(Object.assign(missing, { code: 'ERR_MODULE_NOT_FOUND' }))
    })
    const error = await openingError(dialect.open({ url: await subject.freshUrl(), pool: {} }))
    expect(error.code).toBe('DRIVER_MISSING')
    expect(error.values['package']).toBe(asked)
    expect(error.remedy).toContain(`npm install ${asked}`)
  })

  test('a driver package that is there but does not load is not called missing', async () => {
    const dialect = subject.createDialect(() => Promise.reject(new Error('built for another system')))
    await expect(dialect.open({ url: await subject.freshUrl(), pool: {} })).rejects.not.toHaveProperty(
      'code',
      'DRIVER_MISSING',
    )
  })

  testUnless(
    facts.unreachable === null ? 'nothing can be out of reach' : null,
    'what cannot be reached is one clear error without a password',
    async () => {
      const { url, shown, hidden } = facts.unreachable ?? { url: '', shown: '', hidden: '' }
      const error = await openingError(subject.createDialect().open({ url, pool: {} }))
      expect(error).toMatchObject({ code: 'DATABASE_UNREACHABLE', kind: 'unavailable' })
      expect(error.message).toContain(shown)
      expect(error.message).not.toContain(hidden)
    },
  )

  test('the product and its version are known', async () => {
    const { capabilities } = (await bench()).driver
    expect(capabilities.product).toMatch(/\w/)
    expect(capabilities.version).toMatch(/^\d+\.\d+/)
  })

  describe('what it cannot hold', () => {
    const unsupported = (columns: Columns) => {
      const bound = graph({ Thing: model('things', { id: uuid().primaryKey(), ...columns }) })
      return subject.createDialect().unsupported(bound.Thing.graph)
    }

    test('of ordinary columns there is none', () => {
      expect(unsupported({ name: text().length(1, 50), size: integer().nullable(), price: decimal(18, 4) })).toEqual([])
    })

    test('is said with model, column, reason and remedy', () => {
      for (const refusal of unsupported({ price: decimal(30, 10), search: native('no_such_type') })) {
        expect(refusal).toMatchObject({ model: 'Thing', column: expect.stringMatching(/^(price|search)$/) })
        expect(refusal.reason).toMatch(/\w/)
        expect(refusal.remedy).toMatch(/\w/)
      }
    })
  })
}

async function openingError(opening: Promise<unknown>): Promise<TerraceError> {
  const error = await opening.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (error === null) throw new Error('It was opened')
  return error as TerraceError
}
