/** The tables of journal and ledger. Fixed texts: `terrace_meta.format` counts them. */
export const journalTables: readonly string[] = [
  `create table if not exists terrace_meta ("key" text not null primary key, "value" text not null)`,
  `create table if not exists terrace_object (
  kind text not null, path text not null, model text, fact text, declared_hash text not null, canonical_hash text not null,
  server text not null, renames text not null default '[]', seeded_at bigint, primary key (kind, path)
)`,
  `create table if not exists terrace_revision (
  id text not null primary key, door text not null, plan text not null, state text not null,
  started_at bigint not null, finished_at bigint
)`,
  `create table if not exists terrace_step (
  plan text not null, n integer not null, sql_hash text not null, state text not null, sql text not null, makes text not null,
  probe text not null, primary key (plan, n)
)`,
]
