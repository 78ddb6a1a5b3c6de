import { expect, test } from 'vitest'
import type { CompiledStatement } from './compile/compiled-statement.ts'
import { actingAs, everyone } from './scope.ts'
import { ToldIdentities } from './told-identities.ts'
import { actor, graph, model, uuid } from '../model/index.ts'

const models = graph({ User: model('users', { id: uuid().primaryKey() }, { access: actor() }) })
const ada = actingAs(models.User, '01900000-0000-7000-8000-000000000001')

const told = (): ToldIdentities =>
  new ToldIdentities({
    of: (scope, { locksRows }) => ({
      role: null,
      settings: [[scope === ada ? 'ada' : 'anybody', locksRows ? 'locks' : 'reads']],
    }),
    lockedMoreWidely: new Set(['posts']),
  })

const statement = (operation: CompiledStatement['operation'], writes: boolean, ...tables: string[]) =>
  ({ operation, writes, tables }) as unknown as CompiledStatement

test('a scope is told by one object, however often it is asked for', () => {
  const identities = told()
  const reading = identities.of(ada, statement('select', false, 'posts'))
  expect(reading.settings).toEqual([['ada', 'reads']])
  expect(identities.of(ada, statement('update', true, 'notes'))).toBe(reading)
  const locking = identities.of(ada, statement('select', true, 'posts'))
  expect(identities.of(ada, statement('select', true, 'notes', 'posts'))).toBe(locking)
  expect(identities.of(everyone, statement('select', false, 'posts')).settings).toEqual([['anybody', 'reads']])
})

test('only a SELECT that locks, of a table that more rows are locked of than changed, says that it locks', () => {
  const identities = told()
  const says = (...asked: Parameters<typeof statement>): unknown => identities.of(ada, statement(...asked)).settings
  expect(says('select', true, 'notes', 'posts')).toEqual([['ada', 'locks']])
  expect(says('select', true, 'notes')).toEqual([['ada', 'reads']])
  expect(says('select', false, 'posts')).toEqual([['ada', 'reads']])
  for (const operation of ['insert', 'update', 'delete'] as const)
    expect(says(operation, true, 'posts')).toEqual([['ada', 'reads']])
})
