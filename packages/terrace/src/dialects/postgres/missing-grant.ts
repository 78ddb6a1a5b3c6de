type Rule = readonly [begins: RegExp, grant: (name: string) => string]

const name = String.raw`((?:"(?:[^"]|"")+"|[\w$.]+)+)`
const user = '<user>'

// Source: PostgreSQL manual, "Privileges": what is altered or dropped must be owned, for which there is no grant.
const rules: readonly Rule[] = [
  [/^create temporary/, () => `grant temporary on database <database> to ${user}`],
  [/^create (table|sequence|view|materialized view)/, () => `grant create on schema <schema> to ${user}`],
  [
    new RegExp(`^alter table ${name} add constraint .* foreign key .* references ${name}`, 's'),
    (target) => `grant references on ${target} to ${user}`,
  ],
  [new RegExp(`^(?:alter|drop) (?:table|sequence|view|materialized view) ${name}`), owner],
  [new RegExp(`^create (?:unique )?index .*? on ${name}`), owner],
  [new RegExp(`^comment on table ${name}`), owner],
  [/^(drop|alter) index/, () => `alter table <table> owner to ${user}`],
  [new RegExp(`^insert into ${name}`), (table) => `grant insert on ${table} to ${user}`],
  [new RegExp(`^update ${name}`), (table) => `grant select, update on ${table} to ${user}`],
  [new RegExp(`^delete from ${name}`), (table) => `grant select, delete on ${table} to ${user}`],
  [new RegExp(`^lock table ${name}`), (table) => `grant update on ${table} to ${user}`],
  [new RegExp(`^select setval`), () => `grant usage, update on all sequences in schema <schema> to ${user}`],
  [new RegExp(`^select .*? from ${name}`, 's'), (table) => `grant select on ${table} to ${user}`],
]

function owner(table: string): string {
  return `alter table ${table} owner to ${user}`
}

/** The statement that an owner or superuser runs; for what no rule knows the right to make things in the schema. */
export function missingGrant(sql: string): string {
  for (const [begins, grant] of rules) {
    const match = begins.exec(sql)
    if (match !== null) return grant(match.at(-1) ?? '<table>')
  }
  return `grant usage, create on schema <schema> to ${user}`
}
