-- Two columns change their names
--
--  before: () => ({ Shop: model('shops', { id, one: integer(), two: text().length(1, 10) }) }),
--  rows: { Shop: { id: key, one: 1, two: 'Corner' } },
--  after: () => ({
--    Shop: model('shops', { id, one: text().length(1, 10).renamedFrom('two'), two: integer().renamedFrom('one') }),
--  }),
--  maintenance: true,

-- Before

create table "shops" (
  "id" TEXT not null,
  "one" INTEGER not null,
  "two" TEXT not null,
  constraint "pk_shops" primary key ("id"),
  constraint "ck_shops_one_int32" check ("one" between -2147483648 and 2147483647),
  constraint "ck_shops_two_length" check (length("two") between 1 and 10)
) strict;

-- shops: id "00000000-0000-7000-8000-000000000001", one 1, two "Corner"

-- The plan

-- 1. column shops.one: is two, wanted one
-- 1. column shops.two: is one, wanted two
--    breaking: it asks for the column by its former name
--    blocks writes
alter table "shops" rename column "two" to "_terrace_r_0";
alter table "shops" rename column "one" to "_terrace_r_1";
alter table "shops" rename column "_terrace_r_0" to "one";
alter table "shops" rename column "_terrace_r_1" to "two";

-- 2. check shops.ck_shops_one_length: is ck_shops_two_length (length ( one ) between 1 and 10), wanted ck_shops_one_length (length("one") between 1 and 10)
-- 2. check shops.ck_shops_two_int32: is ck_shops_one_int32 (two between - 2147483648 and 2147483647), wanted ck_shops_two_int32 ("two" between -2147483648 and 2147483647)
--    blocking: rewrites every row while it blocks writes
--    blocks writes for one rewrite
create table "_terrace_new_shops" (
  "id" TEXT not null,
  "two" INTEGER not null,
  "one" TEXT not null,
  constraint "pk_shops" primary key ("id"),
  constraint "ck_shops_one_length" check (length("one") between 1 and 10),
  constraint "ck_shops_two_int32" check ("two" between -2147483648 and 2147483647)
) strict;
insert or abort into "_terrace_new_shops" (rowid, "id", "two", "one") select rowid, "id", "two", "one" from "shops";
pragma legacy_alter_table = on;
drop table "shops";
alter table "_terrace_new_shops" rename to "shops";
pragma legacy_alter_table = off;

-- After

-- shops: id "00000000-0000-7000-8000-000000000001", one "Corner", two 1

-- Back

create table "_terrace_new_shops" (
  "id" TEXT not null,
  "two" INTEGER not null,
  "one" TEXT not null,
  constraint "pk_shops" primary key ("id"),
  constraint "ck_shops_one_int32" check (two between - 2147483648 and 2147483647),
  constraint "ck_shops_two_length" check (length ( one ) between 1 and 10)
) strict;
insert or abort into "_terrace_new_shops" (rowid, "id", "two", "one") select rowid, "id", "two", "one" from "shops";
pragma legacy_alter_table = on;
drop table "shops";
alter table "_terrace_new_shops" rename to "shops";
pragma legacy_alter_table = off;
alter table "shops" rename column "one" to "_terrace_r_0";
alter table "shops" rename column "two" to "_terrace_r_1";
alter table "shops" rename column "_terrace_r_0" to "two";
alter table "shops" rename column "_terrace_r_1" to "one";
