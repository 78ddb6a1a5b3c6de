import type { LiveStructure, OpaqueObject, SchemaDialect } from '../../schema/index.ts'
import type { ModelDraft } from './model-draft.ts'

export interface Needing {
  readonly live: LiveStructure
  readonly dialect: SchemaDialect
}

/** In the order in which one can be made of another. */
const kinds: readonly OpaqueObject['kind'][] = ['enum', 'domain', 'sequence']

/** What columns that are declared have as their types, and the sequences that their defaults ask. */
export function neededBy(drafts: readonly ModelDraft[], { live, dialect }: Needing): readonly string[] {
  const columns = drafts.flatMap((draft) => draft.columns.map((column) => column.live))
  const named = columns.flatMap(({ type, default: fallback, generated }) => [
    type,
    fallback ?? '',
    generated?.expression ?? '',
  ])
  const isNamed = ({ name }: OpaqueObject): boolean => named.some((text) => hasName(text, name))
  return kinds.flatMap((kind) =>
    live.opaque
      .filter((object) => object.kind === kind && isNamed(object))
      .map(({ name, definition }) => definition ?? `create ${kind} ${dialect.quoteName(name)}`),
  )
}

/** As a word of its own, also within quotes: `mood`, `"Mood"[]`, `nextval('films_seq'::regclass)`. */
function hasName(text: string, name: string): boolean {
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`, 'u').test(text)
}
