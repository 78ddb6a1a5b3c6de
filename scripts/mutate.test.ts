import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripTypeScriptTypes } from 'node:module'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { guardSites } from './mutate/guard-sites.ts'
import { instrumented } from './mutate/schemata.ts'
import { fileLines, folderReport, judgedScore, staleEquivalents } from './mutate/report.ts'
import { sampled } from './mutate/sample.ts'
import { tryMutants } from './mutate/try-mutants.ts'

/** `source => what it becomes` of each mutant of a text. */
function mutantsOf(text: string): readonly string[] {
  const { mutants } = instrumented('a.ts', text, guardSites('a.ts', text), 0)
  return mutants.map(({ source, becomes }) => `${source} => ${becomes}`)
}

describe('what is a guard', () => {
  test.each<readonly [string, string, readonly string[]]>([
    ['a condition, asked by if', 'if (a) b', ['a => true', 'a => false', 'b => (nothing)']],
    ['one that is negated', 'if (!a) { }', ['a => false', 'a => true']],
    ['one in a choice', 'const x = a ? b : c', ['a => true', 'a => false']],
    ['each part of a conjunction', 'if (a && b) { }', ['a && b => false', 'a => true', 'b => true']],
    ['each part of a disjunction', 'if (a || b) { }', ['a || b => true', 'a => false', 'b => false']],
    ['what a value depends on', 'const x = { ...(a && { b }) }', ['a => true', 'a => false']],
    ['a comparison that is given', 'const x = () => a === b', ['a === b => true', 'a === b => false']],
    ['a limit', 'const x = a < b', ['a < b => true', 'a < b => false', 'a < b => (a) <= (b)']],
    ['a membership', 'const x = known.has(a)', ['known.has(a) => true', 'known.has(a) => false']],
    ['a predicate', 'const x = isAlive(a)', ['isAlive(a) => true', 'isAlive(a) => false']],
    ['a loop that ends', 'while (a) { }', ['a => false']],
    ['what a loop goes over', 'for (const x of all) { }', ['all => []']],
    ['a check', 'requireOwner(a)', ['requireOwner(a) => (nothing)']],
    ['a check that is waited for', 'await requireOwner(a)', ['await requireOwner(a) => (nothing)']],
    ['a refusal', 'function f() { throw refused("x") }', ['throw refused("x") => (nothing)']],
    ['an entry of a list', 'const x = [a, ...b]', ['a => (nothing)', '...b => (nothing)']],
    ['a fact', 'f({ isOptional: false })', ['f({ isOptional: false }) => (nothing)', 'false => true']],
    ['the rows that are reached', "const x = { deleted: 'without' }", ["'without' => 'with'"]],
    ['a condition in a statement', 'const x = { where: a }', ['where: a => (nothing)']],
    ['a filter', 'const x = all.filter(f)', ['all.filter(f) => all']],
    ['a list of conditions', 'function f(): Node[] { return g() }', ['g() => []']],
    ['a condition or none', 'function f(): Node | null { return g() }', ['g() => null']],
  ])('%s', (_, text, mutants) => {
    expect(mutantsOf(text)).toEqual(mutants)
  })

  test.each([
    ['the wording of a refusal', 'if (a) throw refused(b ? "c" : "d")', ['a => true', 'a => false']],
    ['a function that makes an error', 'function f(): TerraceError { return b ? c : d }', []],
    ['types', 'type A = true; const x = b as readonly ["without"]', []],
    ['keys and pairs', 'const x = new Map([["a", b]])', ['["a", b] => (nothing)']],
    ['a link of an optional chain', 'const x = a?.some(b).c', []],
  ])('is not %s', (_, text, mutants) => {
    expect(mutantsOf(text)).toEqual(mutants)
  })

  test('is known by the names around it, and by its line', () => {
    const text = 'const rules = {\n  shared: () => {\n    if (a) return\n  },\n}'
    const { mutants } = instrumented('a.ts', text, guardSites('a.ts', text), 7)
    expect(mutants[1]).toEqual({
      id: 8,
      file: 'a.ts',
      line: 3,
      within: 'rules.shared',
      kind: 'condition',
      role: 'decision',
      source: 'a',
      becomes: 'false',
    })
  })
})

describe('a guard, unlike any other decision,', () => {
  function rolesOf(text: string, file = 'a.ts'): readonly string[] {
    const { mutants } = instrumented(file, text, guardSites(file, text), 0)
    return mutants.map(({ role, source, becomes }) => `${role}: ${source} => ${becomes}`)
  }

  test.each<readonly [string, string]>([
    ['refuses', 'if (a) throw b'],
    ['goes past a refusal', 'function f() { if (a) return b; throw c }'],
    ['asks for a check', 'if (a) requireOwner(b)'],
    ['is a check', 'requireOwner(a)'],
    ['checks each of a list', 'for (const x of all) requireOwner(x)'],
    ['stands in a check', 'function requireOwner() { if (a) return }'],
    ['is asked by a refusal', 'const isOwn = (x) => x === y; if (!isOwn(a)) throw b'],
    ['is a condition of a statement', 'const x = { where: a }'],
    ['becomes one', 'if (a) query.where = b'],
    ['is listed among conditions', 'guards.push(a)'],
    ['gives conditions', 'function ownConditions(): Node[] { return a ? b : c }'],
    ['depends on whose session it is', 'const x = isUnscoped(pass) ? a : b'],
    ['says which rows are reached', "const x = { deleted: 'without' }"],
  ])('%s', (_, text) => {
    const roles = rolesOf(text)
    expect(roles.length).toBeGreaterThan(0)
    // What is compared or switched inside of it is one with it.
    expect(roles.filter((role) => !role.startsWith('guard'))).toEqual([])
  })

  test('is each condition of a file of conditions, and no choice between two ways', () => {
    const text = 'const x = a ? b : c'
    expect(rolesOf(text)).toEqual(['decision: a => true', 'decision: a => false'])
    expect(rolesOf(text, 'compile/scope-conditions.ts')).toEqual(['guard: a => true', 'guard: a => false'])
  })
})

describe('a file with its mutants in it', () => {
  const text = [
    'function check(row: { age: number; tags: string[] }, log: string[]): string[] {',
    '  const known = log',
    '  known.push("checked")',
    '  if (row.age < 18) throw new Error("too young")',
    '  else known.push("old enough")',
    '  const found = row.tags.filter((tag) => tag !== "x")',
    '  found.length > 0 && known.push("tagged")',
    '  return [...known, ...found]',
    '}',
  ].join('\n')
  const { text: withMutants, mutants } = instrumented('a.ts', text, guardSites('a.ts', text), 0)

  function outcome(active: number, age: number, tags: readonly string[]): unknown {
    const context = { result: null as unknown, row: { age, tags }, __terraceMutant: (id: number) => id === active }
    const script = `${stripTypeScriptTypes(withMutants)}\ntry { result = check(row, []) } catch (error) { result = error.message }`
    runInNewContext(script, context)
    return context.result
  }
  const idOf = (source: string, becomes: string): number =>
    mutants.find((mutant) => mutant.source === source && mutant.becomes === becomes)?.id ?? -2

  test('is what it was while all are off, on the same lines', () => {
    expect(outcome(-1, 20, ['a', 'x'])).toEqual(['checked', 'old enough', 'tagged', 'a'])
    expect(outcome(-1, 17, [])).toBe('too young')
    expect(withMutants.split('\n')).toHaveLength(text.split('\n').length)
  })

  test('does each change when it is switched on', () => {
    expect(outcome(idOf('row.age < 18', 'false'), 17, [])).toEqual(['checked', 'old enough'])
    expect(outcome(idOf('row.age < 18', '(row.age) <= (18)'), 18, [])).toBe('too young')
    expect(outcome(idOf('known.push("checked")', '(nothing)'), 20, [])).toEqual(['old enough'])
    expect(outcome(idOf('row.tags.filter((tag) => tag !== "x")', 'row.tags'), 20, ['x'])).toContain('x')
    expect(outcome(idOf('...known', '(nothing)'), 20, ['a'])).toEqual(['a'])
  })
})

describe('mutants that are tried', () => {
  const guard = [
    'export const mayRead = (age: number): boolean => age >= 18',
    'export const label = (age: number): string => (age > 99 ? "very old" : "old")',
    'export const unused = (a: unknown): boolean => a === null',
    'export function count(to: number): number { let n = 0; while (n < to) { n += 1 } return n }',
  ].join('\n')
  const guardTest = [
    `import { beforeAll, describe, expect, test } from 'vitest'`,
    `import { count, label, mayRead } from './guard.ts'`,
    `describe.each([['young', 17, false], ['old', 18, true]])('%s', (_, age, may) => {`,
    `  let seen: boolean`,
    `  beforeAll(() => { seen = mayRead(age) })`,
    `  test('is let in or not', () => { expect(seen).toBe(may) })`,
    `})`,
    `test('has a label', () => { label(1) })`,
    `test('counts', async () => { await expect(Promise.resolve(count(3))).resolves.toBe(3) })`,
    `test('counts soon', async () => { let to = 0; await expect.poll(() => count((to += 1)), { timeout: 300 }).toBe(3) })`,
    `test('fails anyway', () => { expect(1).toBe(2) })`,
  ].join('\n')

  test('are killed by a test that fails, survive where none does, are unreached or too slow', async () => {
    const tree = await mkdtemp(join(tmpdir(), 'terrace-mutate-test-'))
    try {
      const { text, mutants } = instrumented('guard.ts', guard, guardSites('guard.ts', guard), 0)
      await writeFile(join(tree, 'guard.ts'), text)
      await writeFile(join(tree, 'guard.test.ts'), guardTest)
      const { trials, tests, unusable } = await tryMutants(mutants, {
        tree,
        testFiles: ['guard.test.ts'],
        engines: ['sqliteMemory'],
        workers: 1,
        patienceMs: 500,
      })
      const found = trials.map(({ mutant: { source, becomes }, outcome }) => `${source} => ${becomes}: ${outcome.kind}`)
      expect(found).toEqual([
        'age >= 18 => true: killed',
        'age >= 18 => false: killed',
        'age >= 18 => (age) > (18): killed',
        'age > 99 => true: survived',
        'age > 99 => false: survived',
        'age > 99 => (age) >= (99): survived',
        'a === null => true: unreached',
        'a === null => false: unreached',
        'n < to => false: killed',
        'n < to => (n) <= (to): killed',
        'n += 1 => (nothing): timeout',
      ])
      expect(tests).toBe(5)
      expect(unusable).toEqual([expect.stringContaining('fails anyway: expected 1 to be 2')])
    } finally {
      await rm(tree, { recursive: true })
    }
  })

  const [mutant, other] = instrumented('a.ts', 'if (a) { }', guardSites('a.ts', 'if (a) { }'), 0).mutants
  const entry = { file: 'a.ts', within: '', source: 'a', becomes: ['true'], reason: 'x' }
  const survived = { kind: 'survived' } as const
  const killed = { kind: 'killed', file: 'a.test.ts', test: 'a test', message: '' } as const
  const target = { name: 'a', files: [], floor: 100 }

  test('count as noticed, or are listed as equivalent', () => {
    if (mutant === undefined || other === undefined) throw new Error('There is no mutant')
    const trials = [
      { mutant, outcome: survived },
      { mutant: other, outcome: killed },
    ]
    expect(folderReport(target, trials, [])).toMatchObject({ mutants: 2, killed: 1, survivors: [mutant], score: 50 })
    expect(folderReport(target, trials, [entry])).toMatchObject({ equivalent: 1, survivors: [], score: 100 })
  })

  test('count by what they are, and the floor of some folders is of guards alone', () => {
    if (mutant === undefined || other === undefined) throw new Error('There is no mutant')
    const trials = [
      { mutant, outcome: survived },
      { mutant: { ...other, role: 'guard' as const }, outcome: killed },
    ]
    const all = folderReport(target, trials, [])
    const ofGuards = folderReport({ ...target, floorOf: 'guards' }, trials, [])
    expect(all).toMatchObject({ score: 50, guards: { score: 100 }, decisions: { score: 0 } })
    expect([judgedScore(all), judgedScore(ofGuards)]).toEqual([50, 100])
    expect(fileLines(trials, [])).toEqual([
      'a.ts: 1 guards (1 killed, 0 too slow, 0 survived, 0 equivalent) 100.0 %; ' +
        '1 decisions (0 killed, 0 too slow, 1 survived, 0 equivalent) 0.0 %',
    ])
  })

  test('are not equivalent when a test notices them, and a list entry must name one', () => {
    if (mutant === undefined || other === undefined) throw new Error('There is no mutant')
    const all = [mutant, other]
    expect(staleEquivalents(all, [{ mutant, outcome: survived }], [entry])).toEqual({ unmatched: [], killed: [] })
    expect(staleEquivalents(all, [{ mutant, outcome: killed }], [entry]).killed).toEqual([mutant])
    const gone = { ...entry, source: 'b' }
    expect(staleEquivalents(all, [], [gone]).unmatched).toEqual([gone])
    const partly = { ...entry, becomes: ['true', '[]'] }
    expect(staleEquivalents(all, [], [partly]).unmatched).toEqual([partly])
  })

  test('are the same sample for one seed', () => {
    const all = Array.from({ length: 100 }, (_, at) => at)
    expect(sampled(all, 5, 3)).toEqual(sampled(all, 5, 3))
    expect(sampled(all, 5, 3)).not.toEqual(sampled(all, 5, 4))
    expect(sampled(all, 5, 3)).toHaveLength(5)
  })
})
