-- A unique rule, a range and an index come to rows that allow them
--
--  before: () => ({ Shop: model('shops', { id, name: text().length(1, 10), floor: bigint() }) }),
--  rows: { Shop: { id: key, name: 'Corner', floor: 3n } },
--  after: () => ({
--    Shop: model(
--      'shops',
--      { id, name: text().length(1, 10).unique(), floor: bigint().range(-3n, 200n) },
--      { indexes: [['-floor', 'name']] },
--    ),
--  }),

-- Before

create table "shops" (
  "id" TEXT not null,
  "name" TEXT not null,
  "floor" INTEGER not null,
  constraint "pk_shops" primary key ("id"),
  constraint "ck_shops_name_length" check (length("name") between 1 and 10)
) strict;

-- shops: floor 3, id "00000000-0000-7000-8000-000000000001", name "Corner"

-- The plan

-- 1. unique shops.uq_shops_name: is missing, wanted (name)
-- 1. index shops.ix_shops_floor_name: is missing, wanted (floor desc, name)
-- 1. check shops.ck_shops_floor_range: is missing, wanted ("floor" between -3 and 200)
--    dataDependent: fails where there are groups of rows with equal (name)
--    dataDependent: fails where there are rows that break ("floor" between -3 and 200)
--    blocking: rewrites every row while it blocks writes
--    asks first: select count(*) as offending from (select "name", count(*) as size from "shops" grown where "name" is not null group by "name" having count(*) > 1) duplicates
--    asks first: select count(*) as offending from "shops" present where not ("floor" between -3 and 200)
--    blocks writes for one rewrite
create table "_terrace_new_shops" (
  "id" TEXT not null,
  "name" TEXT not null,
  "floor" INTEGER not null,
  constraint "pk_shops" primary key ("id"),
  constraint "uq_shops_name" unique ("name"),
  constraint "ck_shops_floor_range" check ("floor" between -3 and 200),
  constraint "ck_shops_name_length" check (length ( name ) between 1 and 10)
) strict;
insert or abort into "_terrace_new_shops" (rowid, "id", "name", "floor") select rowid, "id", "name", "floor" from "shops";
pragma legacy_alter_table = on;
drop table "shops";
alter table "_terrace_new_shops" rename to "shops";
pragma legacy_alter_table = off;
create index "ix_shops_floor_name" on "shops" ("floor" desc, "name");

-- After

-- shops: floor 3, id "00000000-0000-7000-8000-000000000001", name "Corner"

-- Back

create table "_terrace_new_shops" (
  "id" TEXT not null,
  "name" TEXT not null,
  "floor" INTEGER not null,
  constraint "pk_shops" primary key ("id"),
  constraint "ck_shops_name_length" check (length ( name ) between 1 and 10)
) strict;
insert or abort into "_terrace_new_shops" (rowid, "id", "name", "floor") select rowid, "id", "name", "floor" from "shops";
pragma legacy_alter_table = on;
drop table "shops";
alter table "_terrace_new_shops" rename to "shops";
pragma legacy_alter_table = off;
