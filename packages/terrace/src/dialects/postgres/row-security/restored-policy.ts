import { sealSql } from './live-policies.ts'
import type { OpaqueObject, RenderContext, Snapshot } from '../../../schema/index.ts'

// As pg_get_expr() prints what `actorKey` writes.
const actorKey =
  /(NULLIF\(current_setting\('terrace\.actor_[^']*'::text, true\), ''::text\)\)::)([a-z ]+(?:\([\d,]+\))?)/g

const mark = / is 'terrace [0-9a-f]{16}( [0-9a-f]{16})?'$/
// It holds as ever, and is not what the models want before it was made from them again.
const unknownMark = " is 'terrace 0000000000000000'"

/**
 * A policy of ours that was taken away while a column's type changes, as it has to be put back: what the actor's key is taken for is
 * what the column has become, since the engine compares no text with a uuid. Those of others are put back as they were.
 */
export function restoredPolicy(object: OpaqueObject, { before, after }: RenderContext): OpaqueObject {
  const { kind, restore, usesColumns = [] } = object
  if (kind !== 'policy' || !Array.isArray(restore)) return object
  const retyped = new Map(
    usesColumns.flatMap((path) => {
      const [from, to] = [typeIn(before, path), typeIn(after, path)]
      return from === null || to === null || from === to ? [] : [[keyTypeOf(from), keyTypeOf(to)] as const]
    }),
  )
  const statements = (restore as readonly string[]).map((sql) =>
    sql
      .replace(actorKey, (_, key: string, type: string) => `${key}${retyped.get(type.trim()) ?? type}`)
      .replace(mark, unknownMark),
  )
  return {
    ...object,
    restore: statements.some((sql) => sql.endsWith(unknownMark)) ? [...statements, sealSql] : restore,
  }
}

function typeIn({ tables }: Snapshot, path: string): string | null {
  const [table = '', column = ''] = path.split('.')
  return tables[table]?.columns.find(({ name }) => name === column)?.type ?? null
}

/** Texts are compared as texts, however long they may be. */
function keyTypeOf(type: string): string {
  return type.startsWith('character varying') ? 'text' : type
}
