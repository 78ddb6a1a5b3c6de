import { answeredShape, inWire, listSchema, nameInWire, readableRelations } from '../../dto/index.ts'
import type { JsonSchema, ObjectShape, ReadableRelation, Shape, ShapeField } from '../../dto/index.ts'
import type { ModelGraph } from '../../model/index.ts'
import type { Selection } from '../query-values.ts'
import type { MountedRoute } from '../route-facts.ts'
import type { WireContext } from '../wire-context.ts'
import { foreignSchema } from './foreign-schema.ts'
import { namedShapes } from './named-shapes.ts'
import type { Direction } from './named-shapes.ts'

export interface BookParts {
  readonly routes: readonly MountedRoute[]
  readonly graph: ModelGraph
  readonly wire: WireContext
}

/** Where a schema stands: what to call a part of it that must have a name, and which way it goes. */
interface At {
  readonly place: string
  readonly direction: Direction
}

/** The named schemas of a document, gathered as they are referred to. */
export class SchemaBook {
  readonly #parts: BookParts
  readonly #schemas = new Map<string, JsonSchema>()
  /** What may be included with the rows of a shape, by the shape's name. */
  readonly #relations: ReadonlyMap<string, readonly ReadableRelation[]>

  /** Names of shapes whose answers differ from what is sent in them. */
  readonly #ambiguous: ReadonlySet<string>

  constructor(parts: BookParts) {
    this.#parts = parts
    this.#relations = includedRelations(parts)
    const sent = parts.routes.flatMap(namedShapes).filter(({ direction }) => direction === 'sent')
    this.#ambiguous = new Set(sent.filter((shape) => shape.sent !== shape.answered).map(({ name }) => name))
  }

  /** All of them, in the order of their names. */
  get schemas(): Readonly<Record<string, JsonSchema>> {
    return Object.fromEntries([...this.#schemas].toSorted(([one], [other]) => (one < other ? -1 : 1)))
  }

  /** The schema of what is sent in a shape: a reference where it has a name. `place` names what has none and must have one. */
  sent(shape: Shape, place: string): JsonSchema {
    return this.#schemaOf(shape, { place, direction: 'sent' })
  }

  /** The schema of what is answered in a shape. */
  answered(shape: Shape, place: string): JsonSchema {
    return this.#schemaOf(answeredShape(shape), { place, direction: 'answered' })
  }

  /**
   * The schema of a row of which a client may choose the properties: the whole row, or the same without any of them required. Both
   * have a name, so that whoever never chooses has a type that says so.
   */
  selected(shape: Shape, selection: Selection | null, place: string): JsonSchema {
    const whole = this.answered(shape, place)
    if (selection === null || !selection.hasFields || shape.kind !== 'object') return whole
    const { required: _required, oneOf: _oneOf, ...part } = this.#objectSchema(shape, { place, direction: 'answered' })
    const description = 'The properties that the parameter `fields` asked for.'
    const partial = { ...part, description }
    return { anyOf: [whole, shape.name === null ? partial : this.#keep(`${shape.name}Partial`, () => partial)] }
  }

  /** Keeps a schema under a name, made once; where another one has the name it stands in its place by itself. */
  keep(name: string, schema: JsonSchema): JsonSchema {
    const known = this.#schemas.get(name)
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(schema)) return schema
    return this.#keep(name, () => schema)
  }

  #schemaOf(shape: Shape, at: At): JsonSchema {
    if (shape.kind === 'list') return listSchema(this.#schemaOf(shape.item, at), shape.bounds)
    const name = shape.name === null ? null : this.#nameOf(shape.name, at)
    if (shape.kind === 'foreign') {
      const schema = at.direction === 'sent' ? shape.schema : shape.answered
      return foreignSchema({ name, schema }, at.place, (of, inner) => this.#keep(of, () => inner))
    }
    return name === null ? this.#objectSchema(shape, at) : this.#keep(name, () => this.#objectSchema(shape, at))
  }

  #nameOf(name: string, { direction }: At): string {
    return direction === 'answered' && this.#ambiguous.has(name) ? `${name}Answer` : name
  }

  #keep(name: string, make: () => JsonSchema): JsonSchema {
    if (!this.#schemas.has(name)) {
      // Before its own schema is made, which may refer to it.
      this.#schemas.set(name, {})
      this.#schemas.set(name, make())
    }
    return { $ref: `#/components/schemas/${name}` }
  }

  #objectSchema(shape: ObjectShape, at: At): JsonSchema {
    const fields = [...shape.fields.values()]
    const required = fields.filter((field) => field.required).map(({ key }) => key)
    const properties = fields.map((field) => [field.key, this.#fieldSchema(field, at)])
    const relations = shape.name === null ? [] : (this.#relations.get(shape.name) ?? [])
    const included = relations
      .map((relation) => [this.#keyOf(relation), this.#relationSchema(relation, at)])
      .filter(([key]) => !shape.keys.has(key as string))
    const description = shape.name === null ? null : (this.#parts.graph.models[shape.name]?.describe ?? null)
    return {
      type: 'object',
      ...(description === null ? {} : { description }),
      properties: Object.fromEntries([...properties, ...included]) as Readonly<Record<string, JsonSchema>>,
      ...(required.length === 0 ? {} : { required }),
      additionalProperties: false,
      ...(shape.schema.oneOf === undefined ? {} : { oneOf: shape.schema.oneOf.map(counted) }),
    }
  }

  #fieldSchema(field: ShapeField, at: At): JsonSchema {
    if (field.kind !== 'nested') return field.schema
    const within = this.#schemaOf(field.shape, at)
    const described = field.describe === null ? {} : { description: field.describe }
    return field.nullable ? { anyOf: [within, { type: 'null' }], ...described } : { ...within, ...described }
  }

  #keyOf({ name }: ReadableRelation): string {
    return nameInWire(name, this.#parts.wire.names)
  }

  #relationSchema({ target, isMany }: ReadableRelation, { place }: At): JsonSchema {
    const { shapeOf, names } = this.#parts.wire
    const row = this.answered(inWire(shapeOf(target), names), place)
    return isMany ? { type: 'array', items: row } : { anyOf: [row, { type: 'null' }] }
  }
}

/**
 * The same alternative with the least number of properties, which follows from those that it requires. Redocly takes alternatives for
 * overlapping that differ in which properties are null; with a bound it leaves the comparison to validators, which know better.
 */
function counted(alternative: JsonSchema): JsonSchema {
  return { ...alternative, minProperties: alternative.required?.length ?? 0 }
}

/** What can be included, beginning with what the routes offer; what is included can be asked for more in turn. */
function includedRelations({ routes, graph, wire }: BookParts): ReadonlyMap<string, readonly ReadableRelation[]> {
  const found = new Map<string, readonly ReadableRelation[]>()
  const add = (shape: ObjectShape, relations: readonly ReadableRelation[]): void => {
    const known = found.get(shape.name ?? '') ?? []
    const more = relations.filter(({ name }) => !known.some((relation) => relation.name === name))
    if (shape.name === null || more.length === 0) return
    found.set(shape.name, [...known, ...more])
    for (const { target } of more) add(wire.shapeOf(target), readableRelations(target, graph))
  }
  for (const { query } of routes) if (query?.selection) add(query.selection.shape, query.selection.relations)
  return found
}
