import { expect, test } from 'vitest'
import { actor, graph, graphOf, model, shared, uuid } from '../model/index.ts'
import type { CompiledStatement } from './compile/compiled-statement.ts'
import { keepStatement, openStatement, PreparedStatements } from './prepared-statements.ts'
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

const made = {} as CompiledStatement
const statementsNamed = (count: number) =>
  new Map(Array.from({ length: count }, (_, at) => [`${at}`, {} as CompiledStatement]))

test('beyond ten thousand of a closed set, the one compiled longest ago makes room', () => {
  const maps = { closed: statementsNamed(10_000), open: statementsNamed(0) }
  keepStatement(maps, 'one more', { made, isOpen: false })
  const { closed } = maps
  expect([closed.size, closed.has('0'), closed.has('1'), closed.get('one more')]).toEqual([10_000, false, true, made])
  const few = { closed: new Map([['first', made]]), open: statementsNamed(0) }
  keepStatement(few, 'second', { made, isOpen: false })
  expect([...few.closed.keys()]).toEqual(['first', 'second'])
})

test('beyond five hundred of an open shape, the one used longest ago', () => {
  const maps = { closed: statementsNamed(1), open: statementsNamed(500) }
  expect(openStatement(maps, '0')).toBe(maps.open.get('0'))
  expect(openStatement(maps, 'another')).toBeUndefined()
  keepStatement(maps, 'one more', { made, isOpen: true })
  const { open } = maps
  expect([open.size, open.has('0'), open.has('1'), open.get('one more'), maps.closed.size]).toEqual([
    500,
    true,
    false,
    made,
    1,
  ])
})

test('whatever is asked, the names that servers keep come to an end', () => {
  const { length } = Array.from({ length: 3_000 }).filter(() => statements.takeName())
  expect(length).toBe(1_000)
})
