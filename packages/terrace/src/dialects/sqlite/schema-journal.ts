/** The tables of journal and ledger. Fixed texts: `terrace_meta.format` counts them. */
export const journalTables: readonly string[] = [
  `create table if not exists terrace_meta (key TEXT not null primary key, value TEXT not null) strict`,
  `create table if not exists terrace_object (
  kind TEXT not null, path TEXT not null, model TEXT, fact TEXT, declared_hash TEXT not null, canonical_hash TEXT not null,
  server TEXT not null, renames TEXT not null default '[]', seeded_at INTEGER, primary key (kind, path)
) strict`,
  `create table if not exists terrace_revision (
  id TEXT not null primary key, door TEXT not null, plan TEXT not null, state TEXT not null,
  started_at INTEGER not null, finished_at INTEGER
) strict`,
  `create table if not exists terrace_step (
  plan TEXT not null, n INTEGER not null, sql_hash TEXT not null, state TEXT not null, sql TEXT not null, makes TEXT not null,
  probe TEXT not null, primary key (plan, n)
) strict`,
]
