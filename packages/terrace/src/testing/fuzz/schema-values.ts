import type * as fastCheck from 'fast-check'
import type { Arbitrary } from 'fast-check'
import { referred } from './api-document.ts'
import type { ApiDocument, ApiSchema } from './api-document.ts'

type FastCheck = typeof fastCheck

/** Stands for a value of a row that the app answered earlier: the key of an entity, chosen when the request is sent. */
export class Earlier {
  readonly entity: string
  readonly pick: number

  constructor(entity: string, pick: number) {
    this.entity = entity
    this.pick = pick
  }
}

/** Makes values that fit a schema, most of them such as users send, some at its limits. */
export class SchemaValues {
  readonly #fc: FastCheck
  readonly #document: ApiDocument
  readonly #entities: ReadonlySet<string>

  constructor(fc: FastCheck, document: ApiDocument, entities: ReadonlySet<string>) {
    this.#fc = fc
    this.#document = document
    this.#entities = entities
  }

  /** `name` is the property or parameter that holds the value: `productId` is likely the key of a product. */
  of(schema: ApiSchema, name = ''): Arbitrary<unknown> {
    const plain = this.#plain(schema)
    // What can only be null refers to nothing.
    const entity = schema.type === 'null' ? null : this.#entityOf(name)
    const candidates = [{ arbitrary: plain, weight: 3 }]
    const examples = schema.examples ?? []
    if (examples.length > 0) candidates.push({ arbitrary: this.#fc.constantFrom(...examples), weight: 1 })
    if (entity !== null)
      candidates.push({ arbitrary: this.#fc.nat(1_000).map((pick) => new Earlier(entity, pick)), weight: 16 })
    return this.#fc.oneof(...candidates)
  }

  /** `productId`, `product_id` → `Product`, where there is such an entity. */
  #entityOf(name: string): string | null {
    const stem = /^(.+?)(?:Id|_id)$/.exec(name)?.[1]?.replaceAll('_', '').toLowerCase()
    return [...this.#entities].find((entity) => entity.toLowerCase() === stem) ?? null
  }

  #plain(schema: ApiSchema): Arbitrary<unknown> {
    const fc = this.#fc
    if (schema.$ref !== undefined) return this.of(referred(this.#document, schema.$ref) as ApiSchema)
    if (schema.const !== undefined) return fc.constant(schema.const)
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
    const options = schema.anyOf ?? schema.oneOf
    if (options !== undefined) return fc.oneof(...options.map((option) => this.#plain(merged(schema, option))))
    if (schema.allOf !== undefined) return this.#plain(schema.allOf.reduce(merged, { ...schema, allOf: [] }))
    const types = schema.type === undefined ? [] : [schema.type].flat()
    if (types.length === 0) return fc.jsonValue({ maxDepth: 2 })
    return fc.oneof(...types.map((type) => ({ arbitrary: this.#typed(type, schema), weight: type === 'null' ? 1 : 4 })))
  }

  #typed(type: string, schema: ApiSchema): Arbitrary<unknown> {
    const fc = this.#fc
    const { minimum = -(2 ** 31), maximum = 2 ** 31 - 1 } = schema
    switch (type) {
      case 'null':
        return fc.constant(null)
      case 'boolean':
        return fc.boolean()
      case 'integer':
        return fc.oneof(
          fc.integer({ min: minimum, max: Math.min(maximum, minimum + 300) }),
          fc.integer({ min: minimum, max: maximum }),
        )
      case 'number':
        return this.#number(minimum, maximum)
      case 'array':
        return fc.array(this.of(schema.items ?? {}), {
          minLength: schema.minItems ?? 0,
          maxLength: Math.min(schema.maxItems ?? 4, 4),
        })
      case 'object':
        return this.#object(schema)
      default:
        return this.#text(schema)
    }
  }

  /** Mostly with two decimals, which every decimal column of money, weights and shares takes. */
  #number(minimum: number, maximum: number): Arbitrary<unknown> {
    const fc = this.#fc
    const [least, most] = [Math.ceil(minimum), Math.floor(maximum)]
    const hundredths = fc.integer({ min: least * 100, max: Math.min(most, least + 1_000) * 100 }).map((of) => of / 100)
    return fc.oneof(
      { arbitrary: fc.integer({ min: least, max: most }), weight: 3 },
      { arbitrary: hundredths, weight: 3 },
      { arbitrary: fc.double({ min: minimum, max: maximum, noNaN: true, noDefaultInfinity: true }), weight: 1 },
    )
  }

  #object({ properties = {}, required = [] }: ApiSchema): Arbitrary<unknown> {
    const entries = Object.entries(properties).map(([name, schema]) => [name, this.of(schema, name)] as const)
    return this.#fc.record(Object.fromEntries(entries), {
      requiredKeys: required.filter((name) => name in properties),
      noNullPrototype: true,
    })
  }

  #text({ format, pattern, minLength = 0, maxLength = 60 }: ApiSchema): Arbitrary<unknown> {
    const fc = this.#fc
    if (format === 'uuid') return fc.uuid({ version: [4, 7] })
    if (format === 'date') return dates(fc).map((date) => date.toISOString().slice(0, 10))
    if (format === 'date-time') return dates(fc).map((date) => date.toISOString())
    if (format === 'email') return fc.emailAddress()
    if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern))
    const length = { minLength, maxLength: Math.min(maxLength, minLength + 60) }
    return fc.oneof(
      fc.string(length),
      fc.string({ ...length, unit: 'grapheme' }).filter((text) => [...text].length <= maxLength),
    )
  }
}

/** Few days, so that what is created on one is found by another request. */
function dates(fc: FastCheck): Arbitrary<Date> {
  const near = fc.date({
    min: new Date('2026-02-01T00:00:00Z'),
    max: new Date('2026-02-06T00:00:00Z'),
    noInvalidDate: true,
  })
  const any = fc.date({
    min: new Date('1970-01-01T00:00:00Z'),
    max: new Date('2037-12-31T00:00:00Z'),
    noInvalidDate: true,
  })
  return fc.oneof({ arbitrary: near, weight: 9 }, { arbitrary: any, weight: 1 })
}

/** What both say together, where `part` is one of the choices or parts of `whole`. */
function merged({ anyOf: _anyOf, oneOf: _oneOf, ...whole }: ApiSchema, part: ApiSchema): ApiSchema {
  return {
    ...whole,
    ...part,
    properties: { ...whole.properties, ...part.properties },
    required: [...(whole.required ?? []), ...(part.required ?? [])],
  }
}
