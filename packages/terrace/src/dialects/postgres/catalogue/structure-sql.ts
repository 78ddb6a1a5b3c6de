/** Catalogue queries over the tables of one schema; `namespace` is SQL that gives its oid. Numbers of columns are resolved by the reader. */
export const structureSql = { relations, columns, constraints, indexes, names } as const

// Sources: PostgreSQL manual, "System Catalogs": pg_class.relkind, pg_depend.deptype.
function relations(namespace: string): string {
  return `select c.relname::text as name, c.relkind::text as kind, c.reltuples::float8 as estimated,
      c.relispartition as "isPartition", coalesce(m.description, '') as comment, x.extname::text as extension,
      h.parents, t.relname::text as "ownerTable", o.refobjsubid::int as "ownerColumn",
      case when c.relkind = 'p' then pg_get_partkeydef(c.oid) when c.relispartition then pg_get_expr(c.relpartbound, c.oid)
        when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end as definition,
      case when c.relkind in ('v', 'm') then to_json(c.reloptions)::text end as options,
      case when c.relkind in ('v', 'm') and c.relowner <> current_user::regrole then pg_get_userbyid(c.relowner)::text end as owner,
      case when c.relkind in ('v', 'm') then (
        select json_agg(json_build_array(coalesce(r.rolname, 'public'), g.privilege_type, g.is_grantable))
        from aclexplode(c.relacl) g left join pg_roles r on r.oid = g.grantee where g.grantee <> c.relowner
      )::text end as rights,
      case when c.relkind in ('v', 'm') then (
        select json_agg(json_build_array(a.attname, d.description) order by a.attnum) from pg_attribute a
        join pg_description d on d.classoid = 'pg_class'::regclass and d.objoid = c.oid and d.objsubid = a.attnum
        where a.attrelid = c.oid and a.attnum > 0
      )::text end as "columnComments",
      case when c.relkind = 'm' then (
        select json_agg(pg_get_indexdef(i.indexrelid)) from pg_index i where i.indrelid = c.oid
      )::text end as "viewIndexes",
      c.relispopulated as "isPopulated"
    from pg_class c
    left join pg_description m on m.classoid = 'pg_class'::regclass and m.objoid = c.oid and m.objsubid = 0
    left join pg_depend e on e.classid = 'pg_class'::regclass and e.objid = c.oid and e.objsubid = 0 and e.deptype = 'e'
    left join pg_extension x on x.oid = e.refobjid
    left join (select inhrelid, string_agg(inhparent::regclass::text, ', ' order by inhseqno) as parents
      from pg_inherits group by inhrelid) h on h.inhrelid = c.oid
    left join pg_depend o on c.relkind = 'S' and o.classid = 'pg_class'::regclass and o.objid = c.oid and o.objsubid = 0
      and o.refclassid = 'pg_class'::regclass and o.deptype in ('a', 'i')
    left join pg_class t on t.oid = o.refobjid
    where c.relnamespace = ${namespace} and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')`
}

// A type's own collation is asked for by nobody.
function columns(namespace: string): string {
  return `select c.relname::text as "table", a.attnum::int as number, a.attname::text as name,
      format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as "notNull", a.attidentity::text as identity,
      a.attgenerated::text as generated, pg_get_expr(d.adbin, d.adrelid) as expression,
      case when a.attcollation <> t.typcollation then l.collname::text end as collation,
      a.attcollation::text as "collationId", coalesce(m.description, '') as comment
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    left join pg_collation l on l.oid = a.attcollation
    left join pg_description m on m.classoid = 'pg_class'::regclass and m.objoid = c.oid and m.objsubid = a.attnum
    where c.relnamespace = ${namespace} and c.relkind = 'r'
    order by c.relname, a.attnum`
}

// Kind n, NOT NULL with a name, is there since PostgreSQL 18: the column says as much.
function constraints(namespace: string): string {
  return `select c.relname::text as "table", k.conname::text as name, k.contype::text as kind, k.conkey::text as columns,
      t.relname::text as target, t.relnamespace = c.relnamespace as "isHere", k.confkey::text as "targetColumns",
      k.confdeltype::text as "onDelete", k.confupdtype::text as "onUpdate", k.condeferrable as "isDeferrable",
      k.condeferred as "isDeferred", k.convalidated as "isValidated", pg_get_expr(k.conbin, k.conrelid) as expression,
      case when k.contype = 'x' or k.confmatchtype = 'f' then pg_get_constraintdef(k.oid) end as definition
    from pg_constraint k
    join pg_class c on c.oid = k.conrelid
    left join pg_class t on t.oid = k.confrelid
    where c.relnamespace = ${namespace} and c.relkind = 'r' and k.contype in ('p', 'f', 'c', 'x', 'u')`
}

// indnullsnotdistinct is there since PostgreSQL 15: by way of json an older server just has none.
function indexes(namespace: string): string {
  return `select c.relname::text as "table", i.relname::text as name, m.amname::text as method, x.indisunique as "isUnique",
      x.indisvalid as "isValid", x.indkey::text as columns, x.indoption::text as options, x.indnkeyatts::int as "keyLength",
      x.indclass::text as classes, x.indcollation::text as collations,
      pg_get_expr(x.indpred, x.indrelid) as predicate,
      case when x.indexprs is not null then (
        select json_agg(pg_get_indexdef(x.indexrelid, n, false) order by n) from generate_series(1, x.indnkeyatts) n
      )::text end as parts,
      case when i.reloptions is not null then pg_get_indexdef(i.oid) end as definition,
      coalesce((to_jsonb(x) ->> 'indnullsnotdistinct')::boolean, false) as "nullsNotDistinct", k.contype::text as held,
      coalesce(k.condeferrable, false) as "isDeferrable", coalesce(k.condeferred, false) as "isDeferred"
    from pg_index x
    join pg_class c on c.oid = x.indrelid
    join pg_class i on i.oid = x.indexrelid
    join pg_am m on m.oid = i.relam
    left join pg_constraint k on k.conindid = x.indexrelid and k.contype in ('p', 'u', 'x')
    where c.relnamespace = ${namespace} and c.relkind = 'r'`
}

/** What an index may say besides its columns: operator classes that are no type's own, and collations. */
function names(): string {
  return `select 'class' as kind, oid::text as id, opcname::text as name from pg_opclass
    where not opcdefault and oid in (select unnest(indclass::oid[]) from pg_index)
    union all
    select 'collation', oid::text, collname::text from pg_collation
    where oid in (select unnest(indcollation::oid[]) from pg_index)`
}
