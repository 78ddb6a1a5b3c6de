-- A text and a number get less room, which the rows prove to be enough
--
--  before: () => ({ Shop: model('shops', { id, name: text().length(1, 40), floor: bigint() }) }),
--  rows: { Shop: { id: key, name: 'Corner', floor: 3n } },
--  after: () => ({ Shop: model('shops', { id, name: text().length(1, 10), floor: integer() }) }),

-- Before

create table "shops" (
  "id" TEXT not null,
  "name" TEXT not null,
  "floor" INTEGER not null,
  constraint "pk_shops" primary key ("id"),
  constraint "ck_shops_name_length" check (length("name") between 1 and 40)
) strict;

-- shops: floor 3, id "00000000-0000-7000-8000-000000000001", name "Corner"

-- The plan

-- 1. check shops.ck_shops_floor_int32: is missing, wanted ("floor" between -2147483648 and 2147483647)
-- 1. check shops.ck_shops_name_length: is (length ( name ) between 1 and 40), wanted (length("name") between 1 and 10)
--    dataDependent: fails where there are rows that break ("floor" between -2147483648 and 2147483647)
--    dataDependent: fails where there are rows that break (length("name") between 1 and 10)
--    blocking: rewrites every row while it blocks writes
--    asks first: select count(*) as offending from "shops" present where not ("floor" between -2147483648 and 2147483647)
--    asks first: select count(*) as offending from "shops" present where not (length("name") between 1 and 10)
--    blocks writes for one rewrite
create table "_terrace_new_shops" (
  "id" TEXT not null,
  "name" TEXT not null,
  "floor" INTEGER not null,
  constraint "pk_shops" primary key ("id"),
  constraint "ck_shops_floor_int32" check ("floor" between -2147483648 and 2147483647),
  constraint "ck_shops_name_length" check (length("name") between 1 and 10)
) strict;
insert or abort into "_terrace_new_shops" (rowid, "id", "name", "floor") select rowid, "id", "name", "floor" from "shops";
pragma legacy_alter_table = on;
drop table "shops";
alter table "_terrace_new_shops" rename to "shops";
pragma legacy_alter_table = off;

-- After

-- shops: floor 3, id "00000000-0000-7000-8000-000000000001", name "Corner"

-- Back

create table "_terrace_new_shops" (
  "id" TEXT not null,
  "name" TEXT not null,
  "floor" INTEGER not null,
  constraint "pk_shops" primary key ("id"),
  constraint "ck_shops_name_length" check (length ( name ) between 1 and 40)
) strict;
insert or abort into "_terrace_new_shops" (rowid, "id", "name", "floor") select rowid, "id", "name", "floor" from "shops";
pragma legacy_alter_table = on;
drop table "shops";
alter table "_terrace_new_shops" rename to "shops";
pragma legacy_alter_table = off;
