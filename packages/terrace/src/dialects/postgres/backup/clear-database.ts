/**
 * Removes what others have made in a database, as one statement: also what was made after the backup, which a restore would not
 * know of and which may hang on what it replaces. Not extensions, which only an administrator may make in many places.
 */
export const clearDatabase = `do $terrace$
declare
  found record;
begin
  for found in
    select nspname from pg_namespace
    where nspname !~ '^pg_' and nspname not in ('information_schema', 'public')
      and not exists (select from pg_depend where classid = 'pg_namespace'::regclass and objid = pg_namespace.oid and deptype = 'e')
  loop
    execute format('drop schema %I cascade', found.nspname);
  end loop;
  for found in
    select relname, case relkind
      when 'v' then 'view' when 'm' then 'materialized view' when 'f' then 'foreign table' when 'S' then 'sequence' else 'table'
    end as kind
    from pg_class
    where relnamespace = to_regnamespace('public') and relkind in ('r', 'p', 'v', 'm', 'f', 'S')
      and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype = 'e')
    order by relkind = 'S'
  loop
    execute format('drop %s if exists public.%I cascade', found.kind, found.relname);
  end loop;
  for found in
    select oid from pg_proc
    where pronamespace = to_regnamespace('public')
      and not exists (select from pg_depend where classid = 'pg_proc'::regclass and objid = pg_proc.oid and deptype = 'e')
  loop
    if exists (select from pg_proc where oid = found.oid) then
      execute format('drop routine %s cascade', found.oid::regprocedure);
    end if;
  end loop;
  for found in
    select oid from pg_type
    where typnamespace = to_regnamespace('public') and typtype in ('c', 'd', 'e', 'r')
      and not exists (select from pg_depend where classid = 'pg_type'::regclass and objid = pg_type.oid and deptype = 'e')
  loop
    if exists (select from pg_type where oid = found.oid) then
      execute format('drop type %s cascade', found.oid::regtype);
    end if;
  end loop;
  perform lo_unlink(oid) from pg_largeobject_metadata;
end
$terrace$;`
