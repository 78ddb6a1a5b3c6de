import SqliteFile from 'better-sqlite3'
import type { EngineName } from '../../src/testing/servers.ts'
import { onServer } from './on-server.ts'
import { conflicting, refusedAtCommit } from './works.ts'

/** Makes the engine itself refuse a commit, and report a conflict, by triggers on notes; null URL: nothing is made. */
export async function commitGuards(engine: EngineName, url: string | null): Promise<void> {
  if (url === null) return
  if (engine === 'sqliteFile') return onFile(url, sqlite)
  for (const sql of triggers[engine as 'postgres' | 'mysql']) await onServer(url, sql)
}

function onFile(url: string, statements: readonly string[]): void {
  const file = new SqliteFile(url.slice('sqlite:'.length))
  for (const sql of statements) file.exec(sql)
  file.close()
}

// A reference that is checked at the commit: SQLite has no other rule of that kind.
const sqlite = [
  'create table nowhere (id text primary key)',
  'create table sent_nowhere (id text references nowhere (id) deferrable initially deferred)',
  `create trigger refuse_commit after insert on entries when new.note = '${refusedAtCommit}' begin insert into sent_nowhere values (new.id); end`,
] as const

const triggers = {
  postgres: [
    `create function refuse_commit() returns trigger language plpgsql as $$ begin raise exception 'refused' using errcode = '23514'; end $$`,
    `create constraint trigger refuse_commit after insert on entries deferrable initially deferred for each row when (new.note = '${refusedAtCommit}') execute function refuse_commit()`,
    `create function conflict() returns trigger language plpgsql as $$ begin raise exception 'conflict' using errcode = '40001'; end $$`,
    `create trigger conflict before insert on entries for each row when (new.note = '${conflicting}') execute function conflict()`,
  ],
  mysql: [
    `create trigger conflict before insert on entries for each row if new.note = '${conflicting}' then signal sqlstate '40001' set mysql_errno = 1213, message_text = 'conflict'; end if`,
  ],
} as const
