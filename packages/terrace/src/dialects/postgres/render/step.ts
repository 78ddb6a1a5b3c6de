import type { Query, RenderedStep } from '../../../schema/index.ts'

/** ACCESS EXCLUSIVE, but for a moment. */
export const brief = { blocks: 'everything', work: 'none' } as const

type Needed = 'phase' | 'table' | 'statements' | 'inverse' | 'idempotenceProbe'

/** A step of the plan's transaction that blocks for a moment and makes nothing, but for what is said. */
export function step(parts: Pick<RenderedStep, Needed> & Partial<RenderedStep>): RenderedStep {
  return { changes: [], lock: brief, transaction: 'plan', makes: [], drops: [], refersTo: [], ...parts }
}

/** Of what is done in the plan's own transaction and may be done, and undone, twice: a default, a comment, a name. */
export const repeatable: Query = { sql: 'select 1 as applied', parameters: [] }

/** A trigger, a policy or a rule of a table or view. */
export function partProbe(
  {
    kind,
    table,
    name,
  }: { readonly kind: 'trigger' | 'policy' | 'rule'; readonly table: string; readonly name: string },
  { exists = true }: { readonly exists?: boolean } = {},
): Query {
  const { catalogue, relation, column } = partCatalogues[kind]
  const found = `exists (select from ${catalogue} where ${relation} = to_regclass($1) and ${column} = $2)`
  return {
    sql: `select count(*) as applied from (select 1) one where ${exists ? '' : 'not '}${found}`,
    parameters: [table, name],
  }
}

const partCatalogues = {
  trigger: { catalogue: 'pg_trigger', relation: 'tgrelid', column: 'tgname' },
  policy: { catalogue: 'pg_policy', relation: 'polrelid', column: 'polname' },
  rule: { catalogue: 'pg_rewrite', relation: 'ev_class', column: 'rulename' },
} as const

/** A table, an index, a view. */
export function relationProbe(quoted: string, { exists = true }: { readonly exists?: boolean } = {}): Query {
  return {
    sql: `select count(*) as applied from (select to_regclass($1) as oid) found where oid is ${exists ? 'not null' : 'null'}`,
    parameters: [quoted],
  }
}

export function movedProbe(from: string, to: string): Query {
  return {
    sql: 'select count(*) as applied from (select 1) one where to_regclass($1) is null and to_regclass($2) is not null',
    parameters: [from, to],
  }
}

export function constraintProbe(
  quotedTable: string,
  name: string,
  { exists = true, validated = false }: { readonly exists?: boolean; readonly validated?: boolean } = {},
): Query {
  const found = `exists (select from pg_constraint where conrelid = to_regclass($1) and conname = $2${validated ? ' and convalidated' : ''})`
  return {
    sql: `select count(*) as applied from (select 1) one where ${exists ? '' : 'not '}${found}`,
    parameters: [quotedTable, name],
  }
}

export interface ColumnState {
  readonly exists?: boolean
  readonly type?: string
  readonly nullable?: boolean
  /** '' for none, d by default, a always. */
  readonly identity?: '' | 'a' | 'd'
  readonly isGenerated?: boolean
}

export function columnProbe(
  quotedTable: string,
  name: string,
  { exists = true, type, nullable, identity, isGenerated }: ColumnState = {},
): Query {
  const conditions = [
    'attrelid = to_regclass($1) and attname = $2 and attnum > 0 and not attisdropped',
    ...(type === undefined ? [] : ['format_type(atttypid, atttypmod) = $3']),
    ...(nullable === undefined ? [] : [nullable ? 'not attnotnull' : 'attnotnull']),
    ...(identity === undefined ? [] : [`attidentity = '${identity}'`]),
    ...(isGenerated === undefined ? [] : [`attgenerated ${isGenerated ? '<>' : '='} ''`]),
  ]
  const found = `exists (select from pg_attribute where ${conditions.join(' and ')})`
  return {
    sql: `select count(*) as applied from (select 1) one where ${exists ? '' : 'not '}${found}`,
    parameters: [quotedTable, name, ...(type === undefined ? [] : [type])],
  }
}
