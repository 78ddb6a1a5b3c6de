// Source: MySQL 8.4 manual and MariaDB knowledge base, the statements' own pages, "required privileges".
const privileges: readonly (readonly [RegExp, string])[] = [
  [/^create table/i, 'create, references'],
  [/^drop table/i, 'drop'],
  [/^rename table/i, 'alter, drop, create, insert'],
  [/^alter table/i, 'alter, create, insert, references'],
  [/^select/i, 'select'],
  [/^insert/i, 'insert'],
  [/^update/i, 'update'],
  [/^delete/i, 'delete'],
]

/** What a user lacks who may not run a statement, as the statement that gives it. */
export function missingGrant(sql: string): string {
  const [, needed = 'all'] = privileges.find(([statement]) => statement.test(sql.trimStart())) ?? []
  return `grant ${needed} on <database>.* to <user>`
}
