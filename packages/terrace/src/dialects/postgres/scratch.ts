import {
  DriverError,
  isScratchLeftover,
  scratchName,
  withOnlyConnection,
  type Connection,
  type ScratchDialect,
  type ScratchObject,
} from '../../database/index.ts'
import { errors } from '../../errors/index.ts'
import { doubleQuoteName as quote, quoteText } from '../../schema/index.ts'
import { parseServerUrl } from './connection-url.ts'
import { openServer } from './server-driver.ts'

/** Databases on the same server, with the encoding and collation of the original; for the embedded engine one in memory. */
export const scratchDialect: ScratchDialect = { make, contents, clear, removeRows }

function make(url: string): ReturnType<ScratchDialect['make']> {
  if (url.startsWith('pglite:')) return Promise.resolve({ url: 'pglite::memory:', drop: () => Promise.resolve() })
  return makeOnServer(url)
}

async function makeOnServer(url: string): ReturnType<ScratchDialect['make']> {
  const name = scratchName()
  const scratch = new URL(url)
  scratch.pathname = `/${name}`
  const drop = (): Promise<void> =>
    withOnlyConnection({ url, open: openServer }, (connection) =>
      run(connection, `drop database if exists ${quote(name)} with (force)`),
    )
  const place = await withOnlyConnection({ url, open: openServer }, async (connection) => {
    await sweep(connection)
    const clauses = await encodingOf(connection)
    await granted(url, () => run(connection, `create database ${quote(name)} template template0 ${clauses}`))
    return placeOf(connection)
  })
  try {
    await withOnlyConnection({ url: scratch.href, open: openServer }, (connection) =>
      prepare(connection, { ...place, name }),
    )
  } catch (error) {
    await drop()
    throw error
  }
  return { url: scratch.href, drop }
}

async function granted<T>(url: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof DriverError) || error.kind !== 'permission') throw error
    const problem = `the user of ${parseServerUrl(url).forMessages} may not make a database`
    const remedy = 'Grant it: alter role <user> createdb, or give an empty database: --scratch <url>'
    throw errors.SCRATCH_REFUSED({ values: { problem, remedy }, cause: error })
  }
}

/** Whole rows of the catalogue, for its columns differ by version. Source: PostgreSQL manual, "pg_database". */
async function encodingOf(connection: Connection): Promise<string> {
  const [row] = await rowsOf(
    connection,
    `select pg_encoding_to_char(encoding) as encoding, datcollate as collation, datctype as ctype, to_jsonb(d)::text as facts
     from pg_database d where datname = current_database()`,
  )
  const facts = JSON.parse(String(row?.['facts'])) as Readonly<Record<string, string | undefined>>
  const locale = facts['datlocale'] ?? facts['daticulocale']
  const text = (name: string): string => quoteText(String(row?.[name]))
  const provider: Readonly<Record<string, string>> = {
    i: ` locale_provider icu icu_locale ${quoteText(locale ?? '')}`,
    b: ` locale_provider builtin builtin_locale ${quoteText(locale ?? '')}`,
  }
  const words = `encoding ${text('encoding')} lc_collate ${text('collation')} lc_ctype ${text('ctype')}`
  return words + (provider[facts['datlocprovider'] ?? ''] ?? '')
}

interface Place {
  /** Where new tables come to stand; null where the search path leads to no schema. */
  readonly schema: string | null
  readonly path: string
}

async function placeOf(connection: Connection): Promise<Place> {
  const sql = `select current_schema() as schema, current_setting('search_path') as path`
  const [row] = await rowsOf(connection, sql)
  const schema = row?.['schema'] ?? null
  return { schema: schema === null ? null : String(schema), path: String(row?.['path']) }
}

/** A search path that belongs to the original database does not come along by itself. */
async function prepare(connection: Connection, { schema, path, name }: Place & { readonly name: string }) {
  if (schema !== null) await run(connection, `create schema if not exists ${quote(schema)}`)
  if ((await placeOf(connection)).path === path) return
  await run(connection, `alter database ${quote(name)} set search_path = ${path}`)
}

/** Not what others work in, nor what is another's to remove. */
async function sweep(connection: Connection): Promise<void> {
  const rows = await rowsOf(
    connection,
    `select datname as name from pg_database d where datname like '\\_terrace\\_s\\_%' and pg_has_role(datdba, 'usage')
     and not exists (select 1 from pg_stat_activity a where a.datid = d.oid)`,
  )
  for (const { name } of rows) {
    if (!isScratchLeftover(String(name))) continue
    try {
      await run(connection, `drop database if exists ${quote(String(name))}`)
    } catch (error) {
      // In use again, or another process is removing it: whoever comes next finds it, if it is still there.
      if (!(error instanceof DriverError) || error.endsSession) throw error
    }
  }
}

interface ServerObject extends ScratchObject {
  readonly drop: string
}

const isOurs = (schema: string): string => `${schema} !~ '^pg_' and ${schema} <> 'information_schema'`
const noPart = (catalogue: string, oid: string): string =>
  `not exists (select 1 from pg_depend e where e.classid = '${catalogue}'::regclass and e.objid = ${oid} and e.deptype = 'e')`

/**
 * Whatever a statement may have made, but for what comes with an extension; what belongs to a table goes with it. A partitioned table
 * belongs to itself: it depends on the columns of its key.
 */
const contentsSql = `
  select 'schema' as kind, nspname as name, format('schema if exists %I cascade', nspname) as target
  from pg_namespace n where ${isOurs('nspname')} and nspname <> 'public' and nspname is distinct from current_schema()
    and ${noPart('pg_namespace', 'n.oid')}
  union all
  select kind, relname, format('%s if exists %I.%I cascade', kind, nspname, relname)
  from pg_class c join pg_namespace n on n.oid = relnamespace
  cross join lateral (select case relkind when 'r' then 'table' when 'p' then 'table' when 'v' then 'view'
    when 'm' then 'materialized view' when 'S' then 'sequence' when 'f' then 'foreign table' end as kind) k
  where kind is not null and ${isOurs('nspname')} and ${noPart('pg_class', 'c.oid')} and not exists (
    select 1 from pg_depend e where e.classid = 'pg_class'::regclass and e.objid = c.oid and e.deptype in ('a', 'i')
      and e.refclassid = 'pg_class'::regclass and e.refobjid <> c.oid)
  union all
  select 'type', typname, format('type if exists %I.%I cascade', nspname, typname)
  from pg_type t join pg_namespace n on n.oid = typnamespace left join pg_class c on c.oid = typrelid
  where ${isOurs('nspname')} and typelem = 0 and (typtype in ('e', 'd', 'r') or relkind = 'c')
    and ${noPart('pg_type', 't.oid')}
  union all
  select 'routine', proname, format('routine if exists %I.%I(%s) cascade', nspname, proname,
    pg_get_function_identity_arguments(p.oid))
  from pg_proc p join pg_namespace n on n.oid = pronamespace where ${isOurs('nspname')} and ${noPart('pg_proc', 'p.oid')}
  union all
  select 'extension', extname, format('extension if exists %I cascade', extname)
  from pg_extension where extname <> 'plpgsql'`

/** An extension may stay in a database that counts as empty: often only an administrator can put it there. */
async function contents(connection: Connection): Promise<readonly ServerObject[]> {
  return (await rowsOf(connection, contentsSql)).map((row) => {
    const kind = String(row['kind'])
    return {
      name: `${kind} ${String(row['name'])}`,
      mayStay: kind === 'extension',
      drop: `drop ${String(row['target'])}`,
    }
  })
}

/** In one transaction, so that many drops are one write to the disk. */
async function clear(connection: Connection, kept: ReadonlySet<string>): Promise<void> {
  const gone = (await contents(connection)).filter(({ name }) => !kept.has(name))
  if (gone.length === 0) return
  await connection.begin({ isolation: 'readCommitted', readOnly: false })
  for (const { drop } of gone) await run(connection, drop)
  await connection.commit()
}

async function removeRows(connection: Connection, tables: readonly string[]): Promise<void> {
  if (tables.length > 0) await run(connection, `truncate ${tables.map(quote).join(', ')} restart identity cascade`)
}

async function rowsOf(connection: Connection, sql: string): Promise<readonly Record<string, unknown>[]> {
  return (await connection.execute({ sql, parameters: [] })).rows
}

async function run(connection: Connection, sql: string): Promise<void> {
  await connection.execute({ sql, parameters: [], returnsRows: false })
}
