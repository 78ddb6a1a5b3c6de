import type { SchemaFlavour } from './schema-flavour.ts'

/** The tables of journal and ledger. Fixed texts: `terrace_meta.format` counts them. */
export function journalTablesFor({ collation }: SchemaFlavour): readonly string[] {
  const options = `engine=InnoDB default character set utf8mb4 collate ${collation}`
  return [
    `create table if not exists terrace_meta (\`key\` varchar(64) not null primary key, \`value\` longtext not null) ${options}`,
    `create table if not exists terrace_object (
  kind varchar(20) not null, path varchar(200) not null, model varchar(200), fact varchar(400),
  declared_hash varchar(64) not null, canonical_hash varchar(64) not null, server varchar(100) not null,
  renames longtext not null, seeded_at bigint, primary key (kind, path)
) ${options}`,
    `create table if not exists terrace_revision (
  id varchar(64) not null primary key, door varchar(20) not null, plan varchar(64) not null, state varchar(20) not null,
  started_at bigint not null, finished_at bigint
) ${options}`,
    `create table if not exists terrace_step (
  plan varchar(64) not null, n int not null, sql_hash varchar(64) not null, state varchar(20) not null, \`sql\` longtext not null,
  makes longtext not null, probe longtext not null, primary key (plan, n)
) ${options}`,
  ]
}
