import { expect, test } from 'vitest'
import { actor, graph, graphOf, model, shared, uuid } from '../model/index.ts'
import { PreparedStatements } from './prepared-statements.ts'
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
