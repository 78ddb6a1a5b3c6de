-- A key that callers gave is numbered by the database
--
--  before: () => ({ Note: model('notes', { id: integer().primaryKey() }) }),
--  rows: { Note: { id: 7 } },
--  after: () => ({ Note: model('notes', { id: identity() }) }),

-- Before

create table "notes" (
  "id" INTEGER not null,
  constraint "pk_notes" primary key ("id"),
  constraint "ck_notes_id_int32" check ("id" between -2147483648 and 2147483647)
) strict;

-- notes: id 7

-- The plan

-- 1. column notes.id: is INTEGER not null, wanted INTEGER not null numbered by the database
-- 1. check notes.ck_notes_id_int32: is (id between - 2147483648 and 2147483647), wanted not declared
--    blocking: rewrites every row while it blocks writes
--    blocks writes for one rewrite
create table "_terrace_new_notes" (
  "id" INTEGER not null constraint "pk_notes" primary key autoincrement
) strict;
insert or abort into "_terrace_new_notes" ("id") select "id" from "notes";
pragma legacy_alter_table = on;
drop table "notes";
alter table "_terrace_new_notes" rename to "notes";
pragma legacy_alter_table = off;

-- After

-- notes: id 7

-- Back

create table "_terrace_new_notes" (
  "id" INTEGER not null,
  constraint "pk_notes" primary key ("id"),
  constraint "ck_notes_id_int32" check (id between - 2147483648 and 2147483647)
) strict;
insert or abort into "_terrace_new_notes" ("id") select "id" from "notes";
pragma legacy_alter_table = on;
drop table "notes";
alter table "_terrace_new_notes" rename to "notes";
pragma legacy_alter_table = off;
