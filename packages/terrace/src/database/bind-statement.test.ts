import { expect, test } from 'vitest'
import { bindStatement } from './bind-statement.ts'
import type { Binding, CompiledStatement, SlotValues } from './compile/compiled-statement.ts'
import { unscoped, type Scope } from './scope.ts'

const ada: Scope = { kind: 'actor', actor: { User: 'ada' }, roles: [] }
const shout = (value: string): string => value.toUpperCase()

function statement(...bindings: readonly Binding[]): CompiledStatement {
  return { sql: 'x', name: null, tables: ['posts', 'users'], bindings } as unknown as CompiledStatement
}

const bound = (made: CompiledStatement, slots?: SlotValues, scope: Scope = ada): readonly unknown[] =>
  bindStatement(made, scope, slots).parameters

test('values stand as they were compiled, owners and slots are encoded, null is not', () => {
  const made = statement(
    { kind: 'value', value: 'as it is' },
    { kind: 'owner', model: 'User', encode: shout },
    { kind: 'owner', model: 'User', encode: null },
    { kind: 'slot', slot: 0, encode: shout },
    { kind: 'slot', slot: 1, encode: null },
    { kind: 'slot', slot: 2, encode: shout },
  )
  expect(bound(made, ['a', 'b', null])).toEqual(['as it is', 'ADA', 'ada', 'A', 'b', null])
  expect(bound(statement({ kind: 'slot', slot: 'most', encode: shout }), { most: 'c' })).toEqual(['C'])
  expect(bound(statement())).toEqual([])
})

test('a slot without a value is refused, never NULL', () => {
  const made = statement({ kind: 'slot', slot: 1, encode: null })
  for (const slots of [undefined, [], ['a'], ['a', undefined]])
    expect(() => bound(made, slots)).toThrow(
      expect.objectContaining({
        code: 'SESSION_SLOT_MISSING',
        message: 'A statement on posts, users was run without a value for "1"',
      }),
    )
})

test('an owner whom the scope does not act as is refused, never NULL', () => {
  const made = statement({ kind: 'owner', model: 'User', encode: null })
  const without = { kind: 'actor', actor: {}, roles: [] } as const
  for (const scope of [without, unscoped('a script')])
    expect(() => bound(made, [], scope)).toThrow('without a value for "the key of User"')
})

test('a statement keeps its name only where it has one', () => {
  const made = statement()
  expect(bindStatement({ ...made, name: 'kept' }, ada)).toMatchObject({ name: 'kept' })
  expect(Object.hasOwn(bindStatement(made, ada), 'name')).toBe(false)
})
