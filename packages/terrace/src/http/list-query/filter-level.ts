import { nameInWire } from '../../dto/index.ts'
import type { ReadableRelation } from '../../dto/index.ts'
import type { ModelFact } from '../../model/index.ts'
import type { WireContext } from '../wire-context.ts'
import { filtersOf } from './filters.ts'
import type { Filter } from './filters.ts'
import type { Includable } from './includable.ts'
import { readableColumns } from './readable-columns.ts'

/** Relations one inside the other: `comments[some][author][team][name]` has three. */
export const deepestRelation = 3

/** A relation by which rows are filtered, and what the rows at its end may be asked. */
export interface FilterRelation {
  readonly relation: ReadableRelation
  /** Its place among the relations of its model. */
  readonly at: number
  readonly level: FilterLevel
}

/** What lists and their relations have in common. */
export interface FilterSources {
  readonly includable: Includable
  readonly wire: WireContext
}

/**
 * What rows of one model may be asked, through the one gate: columns that are answered, and relations that may be included, whose rows
 * are asked by the columns that are answered of them.
 */
export class FilterLevel {
  readonly filters: ReadonlyMap<string, Filter>
  readonly #model: ModelFact
  readonly #sources: FilterSources
  /** The relations that led here, by their names in process. */
  readonly #path: readonly string[]
  #relations: ReadonlyMap<string, FilterRelation> | null = null

  constructor(
    model: ModelFact,
    filters: ReadonlyMap<string, Filter>,
    { sources, path = [] }: { readonly sources: FilterSources; readonly path?: readonly string[] },
  ) {
    this.filters = filters
    this.#model = model
    this.#sources = sources
    this.#path = path
  }

  /** By their names on the wire. Made when first asked for: there are as many as the graph has paths. */
  get relations(): ReadonlyMap<string, FilterRelation> {
    this.#relations ??= new Map(
      this.#sources.includable
        .relationsAt(this.#model, this.#path)
        .map((relation, at) => [nameInWire(relation.name, this.#sources.wire.names), this.#relationTo(relation, at)]),
    )
    return this.#relations
  }

  /** What stands first in the name of a condition: columns and relations. */
  get names(): readonly string[] {
    return [...new Set([...this.filters.keys()].map(columnIn)), ...this.relations.keys()]
  }

  /** What is told where a name is unknown. A column that cannot be asked without an operator, as an array, is there by its operators. */
  get known(): readonly string[] {
    const filters = [...this.filters.keys()].filter((name) => !name.includes('[') || !this.filters.has(columnIn(name)))
    return [...filters, ...this.relations.keys()]
  }

  #relationTo(relation: ReadableRelation, at: number): FilterRelation {
    const { target, name } = relation
    const { wire } = this.#sources
    const options = { sources: this.#sources, path: [...this.#path, name] }
    let level: FilterLevel | null = null
    return {
      relation,
      at,
      get level(): FilterLevel {
        level ??= new FilterLevel(target, relatedFilters(target, wire), options)
        return level
      },
    }
  }
}

/** `tags[has]` → tags */
function columnIn(filterName: string): string {
  return filterName.replace(/\[.*$/s, '')
}

const filtersOfModels = new WeakMap<WireContext, Map<ModelFact, ReadonlyMap<string, Filter>>>()

/** What rows at the end of a relation may be asked: once for each model of an app, since clients choose which of many paths lead there. */
function relatedFilters(model: ModelFact, wire: WireContext): ReadonlyMap<string, Filter> {
  const known = filtersOfModels.get(wire) ?? new Map<ModelFact, ReadonlyMap<string, Filter>>()
  filtersOfModels.set(wire, known)
  const filters = known.get(model) ?? filtersOf(readableColumns(model, [wire.shapeOf(model)], wire.names))
  known.set(model, filters)
  return filters
}
