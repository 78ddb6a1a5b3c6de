import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { modelsText, projectFolder, type ProjectFolder } from '../cli/project-folder.ts'

let project: ProjectFolder
beforeEach(() => {
  project = projectFolder({ 'models.ts': modelsText(), 'app.ts': appText(), 'terrace.config.ts': configText })
})
afterEach(() => project.remove())

const configText = `export default { app: async () => (await import('./app.ts')).app }`

function appText(more = '', models = './models.ts'): string {
  return `
import { createApp } from 'terrace/app'
import { group, plain, publicAccess, resource } from 'terrace/http'
import { CrudService } from 'terrace/service'
import { models } from '${models}'

class Products extends CrudService(models.Product) {}
export const app = createApp({
  title: 'Shop', version: '1.0.0', models, responses: plain,
  routes: [group({ auth: publicAccess('a test') }, [resource(Products, { path: '/products', ${more} })])],
})
`
}

const read = (name: string): string => readFileSync(project.path(name), 'utf8')
const write = async (name: string, words: readonly string[] = []) =>
  expect(await project.terrace(['openapi', '--out', name, ...words])).toMatchObject({ code: 0, err: '' })

describe('terrace openapi', () => {
  test('prints the document of the app, which is what it answers', async () => {
    const { code, out, err } = await project.terrace(['openapi'])
    expect([code, err]).toEqual([0, ''])
    expect(JSON.parse(out)).toMatchObject({ openapi: '3.1.1', info: { title: 'Shop', version: '1.0.0' } })
    expect((await project.terrace(['openapi', '--json'])).json().result).toMatchObject({ state: 'printed', file: null })
  })

  test('writes it, says what is the same, and fails where it is stale', async () => {
    await write('api/openapi.json')
    const before = read('api/openapi.json')
    expect((await project.terrace(['openapi', '--out', 'api/openapi.json', '--json'])).json().result).toMatchObject({
      state: 'unchanged',
    })
    project.write('api/openapi.json', JSON.stringify(JSON.parse(before), null, 4))
    expect((await project.terrace(['openapi', '--check', 'api/openapi.json'])).code).toBe(0)
    project.write('next.ts', appText(`only: ['list']`))
    const stale = await project.terrace(['openapi', '--app', 'next.ts', '--check', 'api/openapi.json'])
    expect([stale.code, stale.out.trim()]).toEqual([3, expect.stringContaining('api/openapi.json is stale')])
    expect(stale.err).toContain('error CONTRACT_STALE: api/openapi.json is not what the app says now.')
    expect(stale.err).toContain('- /paths/~1products/post: should not be there')
    expect(stale.err).toContain('→ Write it anew: terrace openapi --out api/openapi.json')
  })

  test.each([
    ['that is not there', null, 'there is no such file'],
    ['that is no JSON', 'openapi: 3.1.0', 'it is no JSON'],
    ['that is a list', '[]', 'it is no object'],
    ['of another kind', '{}', 'it has no "openapi"'],
    ['of another version', '{ "openapi": "2.0" }', 'its "openapi" is 2.0'],
    ['without paths', '{ "openapi": "3.1.0", "info": {} }', 'it has no "paths"'],
  ])('refuses a file %s', async (_, text, problem) => {
    if (text !== null) project.write('given.json', text)
    const { code, json } = await project.terrace(['openapi', 'diff', 'given.json', '--json'])
    expect([code, json().error]).toMatchObject([2, { code: 'CONTRACT_FILE' }])
    expect(json().error?.message).toContain(`given.json cannot be read as an OpenAPI document: ${problem}`)
  })

  test('needs an app', async () => {
    project.write('terrace.config.ts', 'export default {}')
    expect((await project.terrace(['openapi', '--json'])).json().error).toMatchObject({
      code: 'CLI_MISSING',
      remedy: 'Give --app <module>, or app in terrace.config.ts',
    })
    project.write('none.ts', 'export const app = 7')
    expect((await project.terrace(['openapi', '--app', 'none.ts', '--json'])).json().error).toMatchObject({
      code: 'CLI_CONFIG',
      message: 'none.ts cannot be used: it exports no app',
    })
  })
})

describe('terrace openapi diff', () => {
  test('says that nothing changed', async () => {
    await write('old.json')
    expect(await project.terrace(['openapi', 'diff', 'old.json'])).toMatchObject({
      code: 0,
      out: 'old.json and the app are the same to a client\n',
    })
  })

  test('lists what breaks no client, and ends with 0', async () => {
    await write('old.json')
    project.write('next-models.ts', modelsText('note: text().nullable()'))
    project.write('next.ts', appText('', './next-models.ts'))
    const { code, json } = await project.terrace(['openapi', 'diff', 'old.json', '--app', 'next.ts', '--json'])
    expect([code, json().result?.['breaking']]).toEqual([0, []])
    expect(json().result?.['compatible']).toContainEqual(
      expect.objectContaining({ rule: 'property-added', where: 'POST /products, body /note' }),
    )
  })

  test('ends with 5 where a change breaks clients, each with its place and why', async () => {
    await write('old.json')
    project.write('new.ts', appText(`only: ['list', 'get', 'patch', 'delete']`))
    const { code, out, err } = await project.terrace(['openapi', 'diff', 'old.json', '--app', 'new.ts'])
    expect(code).toBe(5)
    expect(out).toMatch(/^old\.json → the app: \d+ breaking, \d+ compatible changes?\n/)
    expect(err).toContain('error CONTRACT_BREAKS: Changes of the API break its clients. Breaking: 1\n')
    expect(err).toContain('- POST /products: operation-removed. A call of it is answered 404 or 405')
    await write('new.json', ['--app', 'new.ts'])
    expect((await project.terrace(['openapi', 'diff', 'old.json', 'new.json'])).code).toBe(5)
    expect((await project.terrace(['openapi', 'diff', 'new.json', 'old.json'])).code).toBe(0)
  })
})

describe('terrace client', () => {
  test('writes a client, leaves it where it is the same, and fails where it is stale', async () => {
    expect(await project.terrace(['client', 'src/api.ts'])).toMatchObject({
      code: 0,
      out: 'wrote src/api.ts: Shop 1.0.0, 5 operations\n',
    })
    expect(read('src/api.ts')).toContain(
      "import { apiClient, type ApiClient, type ApiClientOptions } from 'terrace/client'",
    )
    const state = async (...words: string[]) =>
      (await project.terrace(['client', 'src/api.ts', '--json', ...words])).json().result?.['state']
    expect([await state(), await state('--check')]).toEqual(['unchanged', 'current'])
    project.write('src/api.ts', read('src/api.ts').replaceAll("'", '"').replaceAll('\n', ';\n'))
    expect(await state('--check')).toBe('current')
    project.write('next.ts', appText(`only: ['list']`))
    const stale = await project.terrace(['client', 'src/api.ts', '--check', '--app', 'next.ts'])
    expect([stale.code, stale.err]).toEqual([
      3,
      expect.stringContaining('error CONTRACT_STALE: src/api.ts is not what'),
    ])
    expect(await state('--app', 'next.ts')).toBe('written')
  })

  test('is written from a document too', async () => {
    await write('openapi.json')
    project.write('terrace.config.ts', 'export default {}')
    expect((await project.terrace(['client', 'api.ts', '--document', 'openapi.json'])).code).toBe(0)
    expect(read('api.ts')).toContain('export interface Product {')
  })

  test('overwrites nothing that it has not written, unless it is told to', async () => {
    project.write('api.ts', 'export const mine = 1\n')
    expect((await project.terrace(['client', 'api.ts', '--json'])).json().error).toMatchObject({
      code: 'CLI_FILE_EXISTS',
      values: { files: 'api.ts' },
    })
    expect(read('api.ts')).toBe('export const mine = 1\n')
    expect((await project.terrace(['client', 'api.ts', '--force'])).code).toBe(0)
  })

  test('names a file, and says which is missing', async () => {
    expect(await project.terrace(['client', 'src'])).toMatchObject({ code: 2, err: expect.stringContaining('.ts') })
    const missing = await project.terrace(['client', 'none.ts', '--check', '--json'])
    expect([missing.code, missing.json().error?.values]).toMatchObject([3, { list: '- there is no such file' }])
  })
})
