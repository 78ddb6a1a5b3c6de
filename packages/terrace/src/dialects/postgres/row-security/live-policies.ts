import type { Connection } from '../../../database/index.ts'

/** `terrace <what it was made of> <what the server made of it>`, each 16 hexadecimal digits. */
export const markPattern = '^terrace [0-9a-f]{16}( [0-9a-f]{16})?$'

export interface LiveTable {
  readonly name: string
  readonly isOn: boolean
  readonly isForced: boolean
  /** For whoever asks. */
  readonly isActive: boolean
}

export interface LivePolicy {
  readonly table: string
  readonly name: string
  readonly isPermissive: boolean
  /** r select, a insert, w update, d delete, * all. */
  readonly command: string
  /** Null: it is somebody else's. */
  readonly mark: Mark | null
}

export interface LiveFunction {
  /** With which it is named. */
  readonly signature: string
  readonly name: string
  readonly mark: Mark | null
}

export interface Mark {
  /** What it was made of. */
  readonly text: string
  /** It is as it was made. */
  readonly isIntact: boolean
}

export interface LivePolicies {
  readonly schema: string
  readonly tables: readonly LiveTable[]
  readonly policies: readonly LivePolicy[]
  readonly functions: readonly LiveFunction[]
}

const namespace = '(select oid from pg_namespace where nspname = current_schema())'

const hashOf = (...parts: readonly string[]): string =>
  `left(encode(sha256(convert_to(jsonb_build_array(${parts.join(', ')})::text, 'UTF8')), 'hex'), 16)`

/** What the server keeps of a policy: it prints the same for as long as nobody changes it. */
const policySeal = hashOf(
  'p.polcmd::text',
  'p.polpermissive',
  'p.polroles::text',
  'pg_get_expr(p.polqual, p.polrelid)',
  'pg_get_expr(p.polwithcheck, p.polrelid)',
)

const functionSeal = hashOf('f.prosrc', 'f.provolatile::text', 'f.prosecdef', 'f.proconfig::text', 'f.prorettype::text')

const policySql = `select 'policy' as kind, c.relname::text as "table", p.polname::text as name, p.polpermissive as "isPermissive",
    p.polcmd::text as command, d.description as comment, ${policySeal} as seal, null as signature
  from pg_policy p join pg_class c on c.oid = p.polrelid
  left join pg_description d on d.objoid = p.oid and d.classoid = 'pg_policy'::regclass and d.objsubid = 0
  where c.relnamespace = ${namespace}`

const functionSql = `select 'function', null, f.proname::text, null, null, d.description, ${functionSeal},
    format('%I(%s)', f.proname, pg_get_function_identity_arguments(f.oid))
  from pg_proc f
  left join pg_description d on d.objoid = f.oid and d.classoid = 'pg_proc'::regclass and d.objsubid = 0
  where f.pronamespace = ${namespace} and f.proname like 'rls\\_%'`

const tableSql = `select c.relname::text as name, c.relrowsecurity as "isOn", c.relforcerowsecurity as "isForced",
    row_security_active(c.oid) as "isActive", current_schema() as schema
  from pg_class c where c.relnamespace = ${namespace} and c.relkind in ('r', 'p') order by c.relname`

/** Puts beside each mark what the server made of the statement: it says so once it is made. */
export const sealSql = `do $seal$ declare o record; begin
  for o in select * from (${policySql} union all ${functionSql}) found where found.comment ~ '^terrace [0-9a-f]{16}$' loop
    if o.kind = 'policy' then
      execute format('comment on policy %I on %I is %L', o.name, o."table", o.comment || ' ' || o.seal);
    else
      execute format('comment on function %s is %L', o.signature, o.comment || ' ' || o.seal);
    end if;
  end loop;
end $seal$`

interface ObjectRow {
  readonly kind: 'policy' | 'function'
  readonly table: string
  readonly name: string
  readonly isPermissive: boolean
  readonly command: string
  readonly comment: string | null
  readonly seal: string
  readonly signature: string
}

/** What there is in the schema that the connection's search_path names first. */
export async function readPolicies(connection: Connection): Promise<LivePolicies> {
  const tables = await rowsOf<LiveTable & { readonly schema: string }>(connection, tableSql)
  const objects = await rowsOf<ObjectRow>(connection, `${policySql} union all ${functionSql} order by 1, 2, 3`)
  return {
    schema: tables[0]?.schema ?? 'public',
    tables,
    policies: objects.flatMap((row) => (row.kind === 'policy' ? [{ ...row, mark: markOf(row) }] : [])),
    functions: objects.flatMap((row) => (row.kind === 'function' ? [{ ...row, mark: markOf(row) }] : [])),
  }
}

export async function rowsOf<R>(connection: Connection, sql: string): Promise<readonly R[]> {
  const { rows } = await connection.execute({ sql, parameters: [] })
  return rows as unknown as readonly R[]
}

function markOf({ comment, seal }: ObjectRow): Mark | null {
  if (comment === null || !new RegExp(markPattern).test(comment)) return null
  const [, text = '', sealed] = comment.split(' ')
  return { text, isIntact: sealed === seal }
}
