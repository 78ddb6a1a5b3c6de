import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { createApp } from '../../src/app/index.ts'
import { fromJsonSchema, shape } from '../../src/dto/index.ts'
import { defineErrors } from '../../src/errors/index.ts'
import {
  envelope,
  group,
  openApiDocument,
  plain,
  problem,
  publicAccess,
  resource,
  route,
} from '../../src/http/index.ts'
import type { OpenApiDocument, OperationObject, ResponseObject, ResponseStyle } from '../../src/http/index.ts'
import { graph, identity, integer, model, reference, shared, text } from '../../src/model/index.ts'
import { CrudService } from '../../src/service/index.ts'
import { bazaarApp } from './bazaar-app.ts'

const document = openApiDocument(bazaarApp())

function operation(id: string, of = document): OperationObject {
  const found = Object.values(of.paths)
    .flatMap((operations) => Object.values(operations))
    .find(({ operationId }) => operationId === id)
  if (found === undefined) throw new Error(`there is no operation ${id}`)
  return found
}

function response(id: string, status: number, of = document): ResponseObject {
  const given = operation(id, of).responses[status]
  if (given === undefined) throw new Error(`${id} does not answer ${status}`)
  return '$ref' in given ? (resolved(of, given.$ref) as ResponseObject) : given
}

function resolved(of: OpenApiDocument, pointer: string): unknown {
  const steps = pointer.slice(2).split('/')
  return steps.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], of)
}

/** The codes that an operation documents for a status. */
function codes(id: string, status: number): readonly string[] {
  return Object.keys(Object.values(response(id, status).content ?? {})[0]?.examples ?? {})
}

describe('what a route can answer', () => {
  const everywhere = [400, 408, 414, 417, 429, 431, 500, 503]
  test.each([
    ['getV1Hello', [200]],
    ['listSamples', [200, 304, 401, 403, 422]],
    ['getSample', [200, 304, 401, 403, 404, 422]],
    ['createSample', [201, 401, 403, 409, 413, 415, 422]],
    ['restoreSample', [200, 401, 403, 404, 409, 413, 415, 422]],
    ['createReview', [201, 401, 403, 413, 415, 422]],
    ['deletePlace', [204, 401, 403, 404, 413, 415]],
    ['csv', [200, 401, 422]],
    ['summary', [200, 401]],
    ['order', [200, 202, 401, 403, 409, 413, 415, 422]],
  ] as const)('%s: exactly %j beside what any request may meet', (id, own) => {
    const statuses = Object.keys(operation(id).responses).map(Number)
    expect(statuses).toEqual([...everywhere, ...own].toSorted((one, other) => one - other))
  })

  test.each([
    ['createSample', 409, ['UNIQUE']],
    ['createSample', 422, ['REFERENCE_MISSING', 'VALIDATION']],
    ['deleteSample', 409, ['RESTRICTED']],
    ['restoreReview', 409, ['RESTORE_PARENT_DELETED']],
    ['patchSample', 403, ['FORBIDDEN', 'SCOPE_NO_OWNER']],
    ['listCountries', 403, ['ROLE_MISSING']],
    ['createCountry', 403, ['FORBIDDEN', 'ROLE_MISSING']],
    ['createCountry', 409, ['UNIQUE']],
    ['order', 409, ['SOLD_OUT']],
    ['order', 403, ['CLOSED']],
    ['keep', 404, ['ROUTE_NOT_FOUND']],
    ['getSample', 404, ['NOT_FOUND']],
    [
      'listSamples',
      400,
      ['CURSOR_INVALID', 'PRECONDITION_MALFORMED', 'REQUEST_MALFORMED', 'UNKNOWN_QUERY', 'URL_MALFORMED'],
    ],
  ] as const)('%s answers %i with %j', (id, status, expected) => {
    expect(codes(id, status)).toEqual(expected)
  })

  test('headers: location of what was made, links of a page, the challenge, when to try again, the dates of a deprecation', () => {
    const names = (id: string, status: number): readonly string[] => Object.keys(response(id, status).headers ?? {})
    expect(names('createSample', 201)).toEqual(['X-Request-Id', 'Location'])
    expect(names('listSamples', 200)).toEqual(['X-Request-Id', 'X-Total-Count', 'Link', 'X-Next-Cursor', 'ETag'])
    expect(names('listSamples', 401)).toEqual(['X-Request-Id', 'Content-Language', 'WWW-Authenticate'])
    expect(names('listSamples', 503)).toContain('Retry-After')
    expect(names('csv', 200)).toEqual(['X-Request-Id', 'Deprecation', 'Sunset'])
    expect(names('csv', 422)).toEqual(['X-Request-Id', 'Content-Language', 'Deprecation', 'Sunset'])
    expect(names('csv', 408)).toEqual(['X-Request-Id', 'Content-Language'])
    expect(operation('csv').deprecated).toBe(true)
  })

  test('a style that gives everything one status has both bodies at it', () => {
    const always: ResponseStyle = {
      name: 'always',
      success: (value) => ({ status: 200, headers: { 'x-style': 'always' }, body: { ok: true, value: value ?? null } }),
      failure: ({ code }) => ({ status: 200, headers: {}, body: { ok: false, code } }),
      schema: {
        success: (item) => ({
          type: 'object',
          properties: { ok: { type: 'boolean' }, value: item ?? { type: 'null' } },
        }),
        failure: (known) => ({ type: 'object', properties: { code: { type: 'string', enum: known } } }),
      },
    }
    const { responses } = operation('deleteSample', openApiDocument(bazaarApp({ responses: always })))
    expect(Object.keys(responses)).toEqual(['200'])
    const [schema] = Object.values((responses['200'] as ResponseObject).content ?? {}).map((media) => media.schema)
    expect(JSON.stringify(schema)).toContain('RESTRICTED')
    expect(schema?.anyOf).toHaveLength(2)
  })
})

describe('who may call', () => {
  test('an authentication by its name; nothing for what is public; roles in words', () => {
    expect(operation('listSamples').security).toEqual([{ shop: [] }])
    expect(operation('getV1Hello').security).toEqual([])
    expect(document.components.securitySchemes).toMatchObject({ shop: { type: 'http', scheme: 'bearer' }, user: {} })
    expect(operation('listCountries').description).toContain('the role `editor` or `admin`')
  })
})

describe('names', () => {
  const { schemas = {} } = document.components

  test('entity, create, patch, and the part of a row that fields leave', () => {
    expect(Object.keys(schemas)).toEqual(
      expect.arrayContaining(['Sample', 'SampleCreate', 'SamplePatch', 'SamplePartial', 'SampleLine', 'Review']),
    )
    expect(schemas['SamplePartial']?.required).toBeUndefined()
    expect(response('getSample', 200).content?.['application/json']?.schema).toEqual({
      anyOf: [{ $ref: '#/components/schemas/Sample' }, { $ref: '#/components/schemas/SamplePartial' }],
    })
  })

  test('a row has each relation that may be included, as references that may lead in a circle', () => {
    expect(schemas['Sample']?.properties?.['reviews']).toEqual({
      type: 'array',
      items: { $ref: '#/components/schemas/Review' },
    })
    expect(schemas['Review']?.properties?.['sample']).toEqual({
      anyOf: [{ $ref: '#/components/schemas/Sample' }, { type: 'null' }],
    })
    expect(schemas['Sample']?.required).not.toContain('reviews')
  })

  test('hidden and write-only columns are in no answer', () => {
    const answered = JSON.stringify([schemas['Sample'], schemas['SamplePartial'], schemas['SampleLine']])
    expect(answered).not.toContain('"margin"')
    expect(answered).not.toContain('"pin"')
    expect(JSON.stringify(schemas['SampleCreate'])).toContain('"pin"')
  })

  test('one shape both ways is two schemas where an answer has more than must be sent', () => {
    expect(schemas['Settings']?.required).toBeUndefined()
    expect(schemas['SettingsAnswer']?.required).toEqual(['theme', 'size'])
  })

  test('what a schema from elsewhere refers to within itself is a schema of the document', () => {
    expect(schemas['Branch']?.properties?.['twigs']).toEqual({
      type: 'array',
      items: { $ref: '#/components/schemas/BranchTwig' },
    })
    expect(schemas['BranchTwig']?.properties?.['of']).toEqual({ $ref: '#/components/schemas/Branch' })
    expect(operation('tree').requestBody?.content['application/json']?.schema).toEqual({
      $ref: '#/components/schemas/TreeBody',
    })
  })

  test('a tag is an entity; a route by hand has that of the resource around it, else of its path', () => {
    expect(operation('csv').tags).toEqual(['Sample'])
    expect(operation('order').tags).toEqual(['Orders'])
    expect(document.tags.find(({ name }) => name === 'Sample')?.description).toBe('What a shop shows of a thing.')
  })

  test('every name in snake_case where names travel so, but those of schemas', () => {
    const snake = openApiDocument(bazaarApp({ wire: 'snake' }))
    const properties = Object.values(snake.components.schemas ?? {}).flatMap((schema) =>
      Object.keys(schema.properties ?? {}),
    )
    expect(properties.filter((name) => /[A-Z]/.test(name))).toEqual([])
    expect(Object.keys(snake.components.schemas ?? {})).toContain('SampleCreate')
  })

  test('two shapes of one name that differ are refused, and a name that no schema can have', () => {
    const one = route('GET /one', {
      summary: 'One',
      responses: { 200: shape({ a: integer() }, { name: 'Pair' }) },
      handler: () => ({ a: 1 }),
    })
    const other = route('POST /other', {
      summary: 'Other',
      body: shape({ a: text() }, { name: 'Pair' }),
      responses: { 204: null },
      handler: () => undefined,
    })
    const strange = route('GET /strange', {
      summary: 'Strange',
      responses: { 200: fromJsonSchema({ type: 'object' }, { name: 'A pair' }) },
      handler: () => ({}),
    })
    const make = (): unknown =>
      createApp({
        title: 'Pairs',
        version: '1',
        models: graph({}),
        routes: [group({ auth: publicAccess('a test') }, [one, other, strange])],
      })
    expect(make).toThrow(/POST \/other: its shape Pair differs from that of the same name at GET \/one/)
    expect(make).toThrow(/GET \/strange: its shape is named 'A pair', which no schema can be/)
  })
})

describe('the text', () => {
  test('is the same each time, and each of its references leads to something that nothing else lacks', () => {
    const written = JSON.stringify(document)
    expect(JSON.stringify(openApiDocument(bazaarApp()))).toBe(written)
    const references = [...written.matchAll(/"\$ref":"([^"]+)"/g)].map(([, pointer]) => pointer as string)
    expect(references.length).toBeGreaterThan(100)
    expect(references.filter((pointer) => resolved(document, pointer) === undefined)).toEqual([])
    const { securitySchemes: _named, ...kinds } = document.components
    const kept = Object.entries(kinds).flatMap(([kind, entries]) =>
      Object.keys(entries).map((name) => `#/components/${kind}/${name}`),
    )
    expect(kept.filter((pointer) => !references.includes(pointer))).toEqual([])
  })

  test.each([plain, envelope, problem])('each example fits its schema in the style $name', (responses) => {
    const given = openApiDocument(bazaarApp({ responses }))
    const ajv = new Ajv2020({ strict: false })
    formats.default(ajv)
    const wrong: string[] = []
    let count = 0
    const visit = (at: unknown, path: string): void => {
      if (typeof at !== 'object' || at === null) return
      const { schema, example, examples = {} } = at as { schema?: object; example?: unknown; examples?: object }
      if (schema !== undefined) {
        const values = Object.values(examples).map(({ value }: { value: unknown }) => value)
        const validate = ajv.compile({ ...schema, components: given.components })
        for (const value of [...('example' in at ? [example] : []), ...values]) {
          count++
          if (!validate(value)) wrong.push(`${path}: ${ajv.errorsText(validate.errors)}`)
        }
      }
      for (const [key, inner] of Object.entries(at)) if (key !== 'schema') visit(inner, `${path}/${key}`)
    }
    visit(given.paths, '#/paths')
    visit(given.components.responses, '#/components/responses')
    visit(given.components.parameters, '#/components/parameters')
    expect(wrong).toEqual([])
    expect(count).toBeGreaterThan(100)
  })

  test('every body and every answer of derived routes has an example, made where none is declared', () => {
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const [method, { requestBody, operationId }] of Object.entries(operations)) {
        if (operationId === 'tree') continue
        const media = Object.values(requestBody?.content ?? {})
        expect(
          media.every((each) => 'example' in each),
          `${method} ${path}`,
        ).toBe(true)
      }
    }
    const [sample] = Object.values(response('getSample', 200).content ?? {})
    expect(sample?.example).toMatchObject({ size: 'large', code: 'ABC', price: '0.99', serial: null })
  })
})

test('the document of a small app', async () => {
  const Brewery = model(
    'breweries',
    { id: identity(), name: text().length(1, 50).unique() },
    { access: shared({ write: 'everyone' }) },
  )
  const Beer = model(
    'beers',
    {
      id: identity(),
      breweryId: reference(Brewery, { inverse: 'beers' }),
      name: text().length(1, 50).describe('As on the label').example('Märzen'),
    },
    { access: shared({ write: 'everyone' }), describe: 'What is brewed.' },
  )
  const models = graph({ Brewery, Beer })
  class Beers extends CrudService(models.Beer) {}
  const { EMPTY } = defineErrors({
    EMPTY: { kind: 'notFound', en: 'The keg is empty', zh: '桶空了', remedy: 'Tap another', values: {} },
  })
  const tap = route('POST /beers/:id/tap', {
    summary: 'Tap a beer',
    body: shape({ litres: integer().range(1, 5) }, { name: 'Tapping' }),
    responses: { 204: null },
    errors: [EMPTY],
    handler: () => undefined,
  })
  const app = createApp({
    title: 'Tap',
    version: '1.0.0',
    models,
    responses: plain,
    routes: [
      group({ prefix: '/v1', auth: publicAccess('a test') }, [
        resource(Beers, { path: '/beers', only: ['list', 'create'] }),
        tap,
      ]),
    ],
  })
  const json = `${JSON.stringify(openApiDocument(app), null, 2)}\n`
  await expect(json).toMatchFileSnapshot('../golden/openapi.json')
})
