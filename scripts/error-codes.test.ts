import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { errors } from '../packages/terrace/src/errors/index.ts'
import { errorPage } from './docs/error-page.ts'
import { assertedCodes, claimedCodes, declaredCodes, namedInPage } from './docs/named-codes.ts'
import { registerFacts } from './docs/register-facts.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string): string => readFileSync(`${root}${path}`, 'utf8')
const found = (...patterns: readonly string[]): readonly string[] =>
  globSync([...patterns], { cwd: root }).filter((path) => !path.includes('node_modules'))

const facts = await registerFacts()
const inFiles = facts.files.flatMap(({ definitions }) => Object.keys(definitions))
const registered = Object.keys(errors)

// This file and the one that it tests name codes of their own as examples.
const tests = found(
  '{packages,apps,scripts,bench}/**/*.test.ts',
  '{packages,apps}/*/test/**/*.ts',
  'packages/terrace/src/testing/contract/**/*.ts',
).filter((path) => !path.startsWith('scripts/error-codes'))
const sources = new Map(tests.map((path) => [path, read(path)]))
const pages = new Map(
  found('docs/**/*.md', 'README*.md', '{packages,apps}/*/README.md').map((path) => [path, read(path)]),
)

/** What has the form of a code in a page and is none. */
const otherNames: Readonly<Record<string, string>> = {
  DATABASE_ADMIN_URL: 'a setting',
  TOKEN_SECRET: 'a setting of the Blog',
}

/** Names of what terrace doctor finds. */
const findings = found('packages/terrace/src/cli/doctor/*.ts').flatMap((path) =>
  [...read(path).matchAll(/'([A-Z]+(?:_[A-Z]+)+)'/g)].map(([, name = '']) => name),
)

const own = new Set([
  ...Object.values(facts.issueTexts).map(({ code }) => code),
  ...[...sources.values(), ...pages.values(), ...found('apps/*/src/**/*.ts', 'bench/**/*.ts').map(read)].flatMap(
    declaredCodes,
  ),
  ...Object.keys(otherNames),
  ...findings,
])
const isKnown = (code: string): boolean => registered.includes(code) || own.has(code)

describe('the register, the pages and the tests have the same codes', () => {
  test('every file of the register is in it', () => {
    expect(inFiles.toSorted()).toEqual(registered.toSorted())
  })

  test.each(['en', 'zh'] as const)(
    'docs/%s/errors.md says what the register says: npm run docs:errors writes it',
    (language) => {
      const page = pages.get(`docs/${language}/errors.md`) ?? ''
      expect(errorPage(page, facts, language)).toBe(page)
    },
  )

  test('every code is asserted by a test', () => {
    const asserted = new Set([...sources.values()].flatMap((source) => [...assertedCodes(source)]))
    expect(registered.filter((code) => !asserted.has(code))).toEqual([])
  })

  test('no test names a code that does not exist', () => {
    const unknown = [...sources].flatMap(([path, source]) =>
      claimedCodes(source)
        .filter((code) => !isKnown(code) && !isOfNode(code))
        .map((code) => `${path}: ${code}`),
    )
    expect(unknown).toEqual([])
  })

  test('no page names a code that does not exist', () => {
    const unknown = [...pages].flatMap(([path, page]) =>
      namedInPage(page, registered)
        .filter((code) => !isKnown(code) && !isOfNode(code))
        .map((code) => `${path}: ${code}`),
    )
    expect(unknown).toEqual([])
  })
})

/** Codes of Node, of its parser of HTTP and of drivers. */
function isOfNode(code: string): boolean {
  return /^(ERR|HPE|SQLITE|ER|UND_ERR|PROTOCOL)_/.test(code)
}

describe('what is taken for the name of a code', () => {
  test('in a test: in a text, a pattern or a table, and not where an error is only made, declared or commented on', () => {
    const source = [
      "expect(error).toMatchObject({ code: 'ONE_CODE' })",
      'expect(text).toMatch(/TWO_CODE: it/)',
      'throw errors.THREE_CODE()',
      'FOUR_CODE: { kind },',
      '// FIVE_CODE',
      '/* SIX_CODE */',
    ].join('\n')
    expect([...assertedCodes(source)]).toEqual(['ONE_CODE', 'TWO_CODE'])
    expect(claimedCodes(source)).toEqual(['ONE_CODE'])
  })

  test('in a page: what begins as registered codes do, or is given as a code', () => {
    const page = '`SCOPE_GONE`, HOST_NAME, SCOPE_*, { "code": "SHELF_GONE" }'
    expect(namedInPage(page, ['SCOPE_RAW', 'SCOPE_VALUE', 'HOST_ONE'])).toEqual(['SCOPE_GONE', 'SHELF_GONE'])
  })

  test('that an app declares', () => {
    expect(declaredCodes("  SHELF_CLOSED: {\n    kind: 'conflict',\n")).toEqual(['SHELF_CLOSED'])
  })
})

test('a file of the register without a title on the page is refused, and a changed page is found', () => {
  const page = pages.get('docs/en/errors.md') ?? ''
  const [first] = facts.files
  const renamed = { ...facts, files: [{ name: 'odd-errors', definitions: first?.definitions ?? {} }] }
  expect(() => errorPage(page, renamed, 'en')).toThrow('errors/register/odd-errors.ts has no title')
  expect(errorPage(page, { ...facts, files: facts.files.slice(1) }, 'en')).not.toBe(page)
})
