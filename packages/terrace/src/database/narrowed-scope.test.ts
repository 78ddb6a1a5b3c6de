import { describe, expect, it } from 'vitest'
import { narrowedScope } from './narrowed-scope.ts'
import { everyone, unscoped, type Scope } from './scope.ts'

const actor = (keys: Record<string, string>, ...roles: string[]): Scope => ({ kind: 'actor', actor: keys, roles })

describe('narrowedScope', () => {
  const narrower: readonly (readonly [string, Scope, Scope])[] = [
    ['the same actor', actor({ Device: 'a' }), actor({ Device: 'a' })],
    ['an actor left out', actor({ Device: 'a', User: 'u' }), actor({ User: 'u' })],
    ['everyone', actor({ Device: 'a' }), everyone],
    ['a role left out', actor({ User: 'u' }, 'admin', 'editor'), actor({ User: 'u' }, 'editor')],
    ['an actor instead of no scope', unscoped('nightly'), actor({ Device: 'b' }, 'admin')],
    ['another reason for no scope', unscoped('nightly'), unscoped('repair')],
  ]
  it.each(narrower)('lets a nested session have %s', (_, outer, inner) => {
    expect(narrowedScope(outer, inner)).toBe(inner)
  })

  const wider: readonly (readonly [string, Scope, Scope, string])[] = [
    ['no scope', actor({ Device: 'a' }), unscoped('all'), 'no scope'],
    ['no scope from everyone', everyone, unscoped('all'), 'no scope'],
    ['another key', actor({ Device: 'a' }), actor({ Device: 'b' }), 'another Device'],
    ['a further actor', actor({ Device: 'a' }), actor({ Device: 'a', User: 'u' }), 'as a User'],
    ['an actor that everyone has not', everyone, actor({ Device: 'a' }), 'as a Device'],
    ['a further role', actor({ User: 'u' }), actor({ User: 'u' }, 'admin'), 'the role "admin"'],
    ['an actor named like a built-in', everyone, actor({ toString: 'a' }), 'as a toString'],
  ]
  it.each(wider)('refuses a nested session %s', (_, outer, inner, problem) => {
    const narrow = (): Scope => narrowedScope(outer, inner)
    expect(narrow).toThrow(expect.objectContaining({ code: 'SESSION_SCOPE_WIDENED' }))
    expect(narrow).toThrow(problem)
  })
})
