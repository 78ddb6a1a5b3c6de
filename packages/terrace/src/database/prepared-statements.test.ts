import { expect, test } from 'vitest'
import { actor, graph, graphOf, model, shared, uuid } from '../model/index.ts'
import type { CompiledStatement } from './compile/compiled-statement.ts'
import { keepStatement, PreparedStatements } from './prepared-statements.ts'
import { unscoped, type Scope } from './scope.ts'

const User = model('users', { id: uuid().primaryKey() }, { access: actor() })
const Notice = model('notices', { id: uuid().primaryKey() }, { access: shared({ write: { role: 'editor' } }) })
const statements = new PreparedStatements(graphOf(graph({ User, Notice })))

function as(key: string, ...roles: string[]): Scope {
  return { kind: 'actor', actor: { User: key }, roles }
}

test('scopes that differ by their keys, or by roles that no model asks for, share their statements', () => {
  expect(statements.of(as('b', 'tenant-7', 'tenant-8'))).toBe(statements.of(as('a')))
  expect(statements.of(as('a', 'editor', 'x'))).toBe(statements.of(as('b', 'editor', 'editor')))
})

test('scopes that reach other rows do not', () => {
  const shapes = [as('a'), as('a', 'editor'), unscoped('a'), { kind: 'actor', actor: {}, roles: [] } as const]
  expect(new Set(shapes.map((scope) => statements.of(scope))).size).toBe(4)
})

const two = (first: string, second: string): Scope => ({
  kind: 'actor',
  actor: { [first]: 'a', [second]: 'b' },
  roles: [],
})

test('the order in which an actor was put together does not matter, and two actors are not one', () => {
  expect(statements.of(two('Device', 'User'))).toBe(statements.of(two('User', 'Device')))
  expect(statements.of(two('Device', 'User'))).not.toBe(statements.of(as('a')))
  expect(statements.of(two('Device', 'User'))).not.toBe(statements.of(two('Clerk', 'User')))
})

test('nor do those with and without deleted rows', () => {
  const { without, with: all, only } = statements.of(as('a'))
  expect(new Set([without, all, only]).size).toBe(3)
})

test('beyond ten thousand, the one compiled longest ago makes room', () => {
  const kept = new Map(Array.from({ length: 10_000 }, (_, at) => [`${at}`, {} as CompiledStatement]))
  const made = {} as CompiledStatement
  keepStatement(kept, 'one more', made)
  expect([kept.size, kept.has('0'), kept.has('1'), kept.get('one more')]).toEqual([10_000, false, true, made])
  const few = new Map([['first', made]])
  keepStatement(few, 'second', made)
  expect([...few.keys()]).toEqual(['first', 'second'])
})
