import type { BypassedWall, Connection } from '../../../database/index.ts'
import type { ModelGraph } from '../../../model/index.ts'
import { doubleQuoteName as quote } from '../../../schema/index.ts'
import { readPolicies, rowsOf } from './live-policies.ts'
import { wantedTables } from './wanted-policies.ts'

interface RoleRow {
  readonly name: string
  readonly isSuperuser: boolean
  readonly bypasses: boolean
  /** `terrace.unscoped=on`, of the role, the database or the server. */
  readonly defaults: string | null
}

const roleSql = `select r.rolname::text as name, r.rolsuper as "isSuperuser", r.rolbypassrls as bypasses,
    (select string_agg(o, ', ') from pg_db_role_setting s, unnest(s.setconfig) o
      where o like 'terrace.%' and s.setrole in (0, (select oid from pg_roles where rolname = session_user))
        and s.setdatabase in (0, (select oid from pg_database where datname = current_database()))) as defaults
  from pg_roles r where r.rolname = current_user`

/** Whether the policies hold for the role that the transaction runs as; null where they do. */
export async function bypassedWall(connection: Connection, graph: ModelGraph): Promise<BypassedWall | null> {
  const [role] = await rowsOf<RoleRow>(connection, roleSql)
  const name = role?.name ?? 'unknown'
  const another =
    'Name another in rowLevelSecurity: { role }, or connect as another: it must be neither a superuser nor BYPASSRLS'
  if (role?.isSuperuser === true)
    return { role: name, problem: 'is a superuser, whom no policy holds', remedy: another }
  if (role?.bypasses === true)
    return {
      role: name,
      problem: 'has BYPASSRLS, so no policy holds it',
      remedy: `${another}, or: alter role ${quote(name)} nobypassrls`,
    }
  if (role?.defaults !== null && role?.defaults !== undefined)
    return {
      role: name,
      problem: `is given settings by default that only a session may set: ${role.defaults}`,
      remedy: `Take them away: alter role ${quote(name)} reset all, or alter database … reset …`,
    }
  return inactiveTables(connection, graph, name)
}

async function inactiveTables(connection: Connection, graph: ModelGraph, role: string): Promise<BypassedWall | null> {
  const { tables } = await readPolicies(connection)
  const limited = new Set(wantedTables(graph).flatMap(({ table, policies }) => (policies.length === 0 ? [] : [table])))
  const open = tables.filter(({ name, isActive }) => limited.has(name) && !isActive)
  if (open.length === 0) return null
  return {
    role,
    problem: `is not held by the policies of ${open.map(({ name }) => name).join(', ')}`,
    remedy: 'Make them again: terrace db policies --apply',
  }
}
