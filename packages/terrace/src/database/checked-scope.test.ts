import { expect, test } from 'vitest'
import { actor, graph, integer, model, uuid } from '../model/index.ts'
import { checkedScope } from './checked-scope.ts'
import { actingAs, everyone, unscoped, type Scope } from './scope.ts'

const models = graph({
  User: model('users', { id: uuid().primaryKey() }, { access: actor() }),
  Clerk: model('clerks', { id: integer().primaryKey() }, { access: actor() }),
})
const facts = models.User.graph
const key = '01900000-0000-7000-8000-000000000001'

const refusing = (problem: string): unknown =>
  expect.objectContaining({ code: 'SCOPE_MISSING', message: expect.stringContaining(problem) as string })

test('a scope is checked for what it is, and once checked it is taken as it is', () => {
  for (const scope of [actingAs(models.User, key, { roles: ['editor'] }), everyone, unscoped('a script')]) {
    const checked = checkedScope(scope, facts)
    expect(checked).toEqual(scope)
    expect(checkedScope(checked, facts)).toBe(checked)
  }
})

test('one that somebody else holds is copied: what is changed later changes nothing', () => {
  const [given, roles] = [{ User: key }, ['editor']]
  const whole = { kind: 'actor', actor: given, roles } as const
  const parts: readonly Scope[] = [
    whole,
    Object.freeze({ ...whole }),
    Object.freeze({ ...whole, actor: Object.freeze({ ...given }) }),
    Object.freeze({ ...whole, roles: Object.freeze([...roles]) }),
    { kind: 'actor', actor: Object.freeze({ ...given }), roles: Object.freeze([...roles]) },
  ]
  for (const scope of parts) {
    const checked = checkedScope(scope, facts) as Extract<Scope, { kind: 'actor' }>
    expect(checked).toEqual(whole)
    expect([checked, checked.actor, checked.roles].map((part) => Object.isFrozen(part))).toEqual([true, true, true])
  }
  const script = { kind: 'unscoped', reason: 'a script' } as const
  expect(checkedScope(script, facts)).toEqual(script)
  expect(Object.isFrozen(checkedScope(script, facts))).toBe(true)
})

test.each<[string, unknown, string]>([
  ['none', undefined, 'got undefined'],
  ['null', null, 'got null'],
  ['a word', 'all', 'got string'],
  ['another kind', { kind: 'everyone' }, 'its kind is neither'],
  ['unscoped without a reason', { kind: 'unscoped' }, 'unscoped needs a reason'],
  ['unscoped with an empty reason', { kind: 'unscoped', reason: ' ' }, 'unscoped needs a reason'],
  ['unscoped with a reason that is no text', { kind: 'unscoped', reason: 1 }, 'unscoped needs a reason'],
  ['an actor of null', { kind: 'actor', actor: null, roles: [] }, 'it has no actor'],
  ['an actor that is one key', { kind: 'actor', actor: key, roles: [] }, 'it has no actor'],
  [
    'a model named like a built-in',
    { kind: 'actor', actor: { toString: key }, roles: [] },
    '"toString" is not a model',
  ],
  ['a key of another type', { kind: 'actor', actor: { Clerk: '1' }, roles: [] }, 'the key of Clerk'],
  ['no roles', { kind: 'actor', actor: {} }, 'its roles are not a list of names'],
  ['roles in one text', { kind: 'actor', actor: {}, roles: 'editor' }, 'its roles are not a list of names'],
  ['a role that is no text', { kind: 'actor', actor: {}, roles: ['editor', 1] }, 'its roles are not a list of names'],
  ['an empty role', { kind: 'actor', actor: {}, roles: [''] }, 'its roles are not a list of names'],
])('X1: %s is no scope', (_, scope, problem) => {
  expect(() => checkedScope(scope as Scope, facts)).toThrow(refusing(problem) as Error)
})
