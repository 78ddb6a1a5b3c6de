import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { ApiDocument, Operation } from '../../src/contract/api-document.ts'
import { diffDocuments } from '../../src/contract/diff/diff-documents.ts'
import { rules } from '../../src/contract/diff/rules.ts'
import { base, documentOf, sent, text, told } from './told.ts'

const query = (name: string, more: object = {}) => ({ name, in: 'query', schema: text, ...more })
const cases: readonly (readonly [what: string, before: Operation, now: Operation, expected: readonly string[]])[] = [
  ['a parameter more', base, { ...base, parameters: [query('a')] }, ['parameter-added query a']],
  [
    'one that is required',
    base,
    { ...base, parameters: [query('a', { required: true })] },
    ['parameter-required query a'],
  ],
  ['one less', { ...base, parameters: [query('a')] }, base, ['parameter-removed query a']],
  [
    'required now',
    { ...base, parameters: [query('a')] },
    { ...base, parameters: [query('a', { required: true })] },
    ['parameter-required query a'],
  ],
  [
    'optional now',
    { ...base, parameters: [query('a', { required: true })] },
    { ...base, parameters: [query('a')] },
    ['parameter-optional query a'],
  ],
  [
    'read in another form',
    { ...base, parameters: [query('a')] },
    { ...base, parameters: [query('a', { explode: false })] },
    ['parameter-style query a'],
  ],
  [
    'the form that it has anyway',
    { ...base, parameters: [query('a')] },
    { ...base, parameters: [query('a', { style: 'form', explode: true })] },
    [],
  ],
  [
    'narrower',
    { ...base, parameters: [query('a')] },
    { ...base, parameters: [query('a', { schema: { ...text, maxLength: 3 } })] },
    ['values-narrowed query a'],
  ],
  [
    'a header in other letters',
    { ...base, parameters: [{ ...query('X-A'), in: 'header' }] },
    { ...base, parameters: [{ ...query('x-a'), in: 'header' }] },
    ['path-parameter-renamed header x-a'],
  ],
  ['a body', base, { ...base, requestBody: { content: {} } }, ['body-added body']],
  ['a body that is required', base, sent(text), ['body-required body']],
  ['no body', sent(text), base, ['body-removed body']],
  [
    'a body that is optional',
    sent(text),
    { ...base, requestBody: { content: { 'application/json': { schema: text } } } },
    ['body-optional body'],
  ],
  [
    'another media type',
    sent(text),
    { ...base, requestBody: { required: true, content: { 'text/csv': { schema: text } } } },
    ['media-type-removed body', 'media-type-added body'],
  ],
  ['a success more', base, { responses: { ...base.responses, 202: {} } }, ['status-added 202']],
  ['a success less', base, { responses: { 404: {} } }, ['status-removed 200']],
  ['a refusal more', base, { responses: { ...base.responses, 409: {} } }, ['error-status-added 409']],
  ['a class of refusals more', base, { responses: { ...base.responses, 503: {} } }, ['status-added 503']],
  ['a refusal less', base, { responses: { 200: {} } }, ['error-status-removed 404']],
  ['deprecated', base, { ...base, deprecated: true }, ['operation-deprecated ']],
  ['renamed', { ...base, operationId: 'a' }, { ...base, operationId: 'b' }, ['operation-renamed ']],
  ['a credential', base, { ...base, security: [{ user: [] }] }, ['security-added ']],
  ['a credential that need not be', base, { ...base, security: [{ user: [] }, {}] }, []],
  ['no credential', { ...base, security: [{ user: [] }] }, { ...base, security: [] }, ['security-dropped ']],
  [
    'a credential besides',
    { ...base, security: [{ user: [] }] },
    { ...base, security: [{ user: [] }, { key: [] }] },
    ['security-alternative-added '],
  ],
  [
    'a credential together with another',
    { ...base, security: [{ user: [] }] },
    { ...base, security: [{ user: [], key: [] }] },
    ['security-removed '],
  ],
  [
    'one credential of two',
    { ...base, security: [{ user: [], key: [] }] },
    { ...base, security: [{ user: [] }] },
    ['security-alternative-added '],
  ],
]

describe('an operation that changes', () => {
  test.each(cases)('%s', (_, before, now, expected) => {
    expect(told(before, now)).toEqual(expected)
  })

  test('its headers', () => {
    const having = (headers: object): Operation => ({ responses: { 200: { headers: headers as never } } })
    const header = (required: boolean) => ({ required, schema: text })
    expect(told(having({}), having({ A: header(true) }))).toEqual(['header-added 200, header a'])
    expect(told(having({ A: header(false) }), having({}))).toEqual(['header-removed 200, header a'])
    expect(told(having({ A: header(true) }), having({ a: header(false) }))).toEqual(['header-optional 200, header a'])
  })

  test('is known by its method and path, whatever the names within it are', () => {
    const by = (name: string): ApiDocument =>
      documentOf({ ...base, parameters: [{ name, in: 'path', required: true, schema: text }] }, `/things/{${name}}`)
    expect(diffDocuments(by('id'), by('thingId'))).toMatchObject([
      {
        rule: 'path-parameter-renamed',
        breaks: false,
        where: 'POST /things/{thingId}, path thingId',
        was: 'id',
        is: 'thingId',
      },
    ])
    expect(
      diffDocuments(documentOf(base), documentOf(base, '/others')).map(({ rule, where }) => [rule, where]),
    ).toEqual([
      ['operation-removed', 'POST /things'],
      ['operation-added', 'POST /others'],
    ])
  })

  test('parameters that a path has in common are those of its operations, and references what they refer to', () => {
    const parameter = { name: 'a', in: 'query', schema: text }
    const shared: ApiDocument = { ...documentOf(base), paths: { '/things': { post: base, parameters: [parameter] } } }
    const referred = documentOf({ ...base, parameters: [{ $ref: '#/components/parameters/A' }] }, '/things', {
      components: { parameters: { A: parameter } },
    })
    expect(diffDocuments(shared, referred)).toEqual([])
  })
})

test('every rule is told by some case, and says why', () => {
  const files = ['schema-changes', 'object-changes', 'operation-changes']
  const source = files.map((name) => readFileSync(new URL(`${name}.test.ts`, import.meta.url), 'utf8')).join('')
  expect(Object.keys(rules).filter((name) => !source.includes(`'${name}`))).toEqual([])
  for (const { why } of Object.values(rules)) expect(why).toMatch(/^[A-Z].+[^.]$/)
})
