import { headerNamed } from './headers.ts'
import type { HeaderObject, Reference, ResponseObject } from './openapi-types.ts'
import { SchemaBook } from './schema-book.ts'
import type { BookParts } from './schema-book.ts'

/** What the operations of a document have in common, gathered as it is referred to. */
export class DocumentBooks {
  readonly schemas: SchemaBook
  readonly #responses = new Map<string, ResponseObject>()
  readonly #headers = new Map<string, HeaderObject>()

  constructor(parts: BookParts) {
    this.schemas = new SchemaBook(parts)
  }

  get responses(): Readonly<Record<string, ResponseObject>> {
    return sorted(this.#responses)
  }

  get allHeaders(): Readonly<Record<string, HeaderObject>> {
    return sorted(this.#headers)
  }

  response(name: string, make: () => ResponseObject): Reference {
    if (!this.#responses.has(name)) this.#responses.set(name, make())
    return { $ref: `#/components/responses/${name}` }
  }

  responseAt({ $ref }: Reference): ResponseObject {
    return this.#responses.get($ref.slice($ref.lastIndexOf('/') + 1)) as ResponseObject
  }

  /** References to headers, by their names as they are written. */
  headers(names: readonly string[]): Readonly<Record<string, Reference>> {
    return Object.fromEntries(
      names.map((given) => {
        const { name, header } = headerNamed(given)
        this.#headers.set(name, header)
        return [name, { $ref: `#/components/headers/${name}` }]
      }),
    )
  }
}

function sorted<V>(entries: ReadonlyMap<string, V>): Readonly<Record<string, V>> {
  return Object.fromEntries([...entries].toSorted(([one], [other]) => (one < other ? -1 : 1)))
}
