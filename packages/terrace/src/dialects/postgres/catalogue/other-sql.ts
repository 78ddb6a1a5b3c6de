/** What stands in a schema and models cannot declare, each with the text that makes it again, and then on what it depends. */
export const otherSql = (namespace: string): string => `with here as (select ${namespace} as oid)
  select o.kind, o.name, o."table", o.definition, o.state, d.uses,
    (select m.description from pg_description m where m.objoid = o.id and m.classoid = o.class and m.objsubid = 0) as comment from (
    select 'trigger' as kind, g.tgname::text as name, c.relname::text as "table", g.oid as id, 'pg_trigger'::regclass as class,
      pg_get_triggerdef(g.oid) as definition, g.tgenabled::text as state
    from pg_trigger g join pg_class c on c.oid = g.tgrelid join here on here.oid = c.relnamespace where not g.tgisinternal
    union all
    select 'policy', p.polname::text, c.relname::text, p.oid, 'pg_policy'::regclass,
      format('create policy %I on %I as %s for %s to %s%s%s', p.polname, c.relname,
        case when p.polpermissive then 'permissive' else 'restrictive' end,
        case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
        (select string_agg(case when r = 0 then 'public' else quote_ident(pg_get_userbyid(r)) end, ', ') from unnest(p.polroles) r),
        ' using (' || pg_get_expr(p.polqual, p.polrelid) || ')', ' with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')'), ''
    from pg_policy p join pg_class c on c.oid = p.polrelid join here on here.oid = c.relnamespace
    union all
    select case when r.rulename = '_RETURN' then 'view' else 'rule' end,
      case when r.rulename = '_RETURN' then c.relname else r.rulename end::text, c.relname::text, r.oid, 'pg_rewrite'::regclass,
      case when r.rulename <> '_RETURN' then pg_get_ruledef(r.oid) end, r.ev_enabled::text
    from pg_rewrite r join pg_class c on c.oid = r.ev_class join here on here.oid = c.relnamespace
    union all
    select case t.typtype when 'e' then 'enum' else 'domain' end, t.typname::text, null, t.oid, 'pg_type'::regclass,
      case t.typtype when 'e' then format('create type %I as enum (%s)', t.typname,
        (select string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid))
      else format('create domain %I as %s%s%s%s', t.typname, format_type(t.typbasetype, t.typtypmod), ' default ' || t.typdefault,
        case when t.typnotnull then ' not null' end,
        (select string_agg(format(' constraint %I %s', k.conname, pg_get_constraintdef(k.oid)), '' order by k.conname)
          from pg_constraint k where k.contypid = t.oid and k.contype = 'c')) end, ''
    from pg_type t join here on here.oid = t.typnamespace where t.typtype in ('e', 'd')
    union all
    select 'routine', format('%s(%s)', f.proname, pg_get_function_identity_arguments(f.oid)), null, f.oid, 'pg_proc'::regclass,
      case when f.prokind <> 'a' then pg_get_functiondef(f.oid) end, ''
    from pg_proc f join here on here.oid = f.pronamespace
  ) o
  left join lateral (
    select json_agg(distinct jsonb_build_array(t.relname, a.attname))::text as uses
    from pg_depend d join pg_class t on t.oid = d.refobjid join here on here.oid = t.relnamespace
    left join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid and d.refobjsubid > 0
    where d.classid = o.class and d.objid = o.id and d.refclassid = 'pg_class'::regclass and d.deptype in ('n', 'a')
      and not (o.kind = 'view' and t.relname = o.name)
  ) d on true
  where not exists (select from pg_depend e where e.classid = o.class and e.objid = o.id and e.deptype = 'e')`
