import type { LiveStructure, OpaqueObject, SchemaDialect, TableShape } from '../../schema/index.ts'
import type { ModelDraft } from './model-draft.ts'

export interface Needing {
  readonly live: LiveStructure
  readonly dialect: SchemaDialect
}

/** In the order in which one can be made of another. */
const kinds: readonly OpaqueObject['kind'][] = ['enum', 'domain', 'sequence', 'routine']

/** What declared columns have as their types, and what their expressions and those of their tables call. */
export function neededBy(drafts: readonly ModelDraft[], { live, dialect }: Needing): readonly string[] {
  const texts = [...new Set(drafts.flatMap((draft) => textsOf(draft.live)))]
  const isNamed = ({ kind, name }: OpaqueObject): boolean => {
    const word = asWord(kind === 'routine' ? name.replace(/\(.*$/s, '') : name)
    return texts.some((text) => word.test(text))
  }
  return kinds.flatMap((kind) =>
    live.opaque
      .filter((object) => object.kind === kind && isNamed(object))
      .flatMap(({ name, definition }) => {
        if (definition !== null) return [definition.trim()]
        return kind === 'sequence' ? [`create sequence ${dialect.quoteName(name)}`] : []
      }),
  )
}

/** Everything of a table in which a name of something else can stand. */
function textsOf({ columns, checks, uniques, indexes }: TableShape): readonly string[] {
  return [
    ...columns.flatMap(({ type, default: fallback, generated }) => [type, fallback ?? '', generated?.expression ?? '']),
    ...checks.map(({ expression }) => expression),
    ...uniques.flatMap((unique) => [...unique.columns.filter(isExpression), unique.where ?? '']),
    ...indexes.flatMap((index) => [...index.columns.map(({ name }) => name).filter(isExpression), index.where ?? '']),
  ]
}

function isExpression(column: string): boolean {
  return column.startsWith('(')
}

/** As a word of its own, also within quotes: `mood`, `"Mood"[]`, `nextval('films_seq'::regclass)`. */
function asWord(name: string): RegExp {
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`, 'u')
}
