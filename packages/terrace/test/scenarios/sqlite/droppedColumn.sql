-- A column goes, with the rules about it, where a person allows it by name
--
--  before: () => ({ Shop: model('shops', { id, floor: bigint().range(0n, 9n), name: text().length(1, 10) }) }),
--  rows: { Shop: { id: key, floor: 3n, name: 'Corner' } },
--  after: () => ({ Shop: model('shops', { id, name: text().length(1, 10) }) }),
--  allow: ['drop-column shops.floor'],

-- Before

create table "shops" (
  "id" TEXT not null,
  "floor" INTEGER not null,
  "name" TEXT not null,
  constraint "pk_shops" primary key ("id"),
  constraint "ck_shops_floor_range" check ("floor" between 0 and 9),
  constraint "ck_shops_name_length" check (length("name") between 1 and 10)
) strict;

-- shops: floor 3, id "00000000-0000-7000-8000-000000000001", name "Corner"

-- The plan

-- 1. column shops.floor: is INTEGER not null, wanted not declared
-- 1. check shops.ck_shops_floor_range: is (floor between 0 and 9), wanted not declared
--    lossy: drops every value of the column
--    breaking: it may ask for what is gone
--    blocking: rewrites every row while it blocks writes
--    irreversible: there is no step back
--    blocks writes for one rewrite
create table "_terrace_new_shops" (
  "id" TEXT not null,
  "name" TEXT not null,
  constraint "pk_shops" primary key ("id"),
  constraint "ck_shops_name_length" check (length ( name ) between 1 and 10)
) strict;
insert or abort into "_terrace_new_shops" (rowid, "id", "name") select rowid, "id", "name" from "shops";
pragma legacy_alter_table = on;
drop table "shops";
alter table "_terrace_new_shops" rename to "shops";
pragma legacy_alter_table = off;

-- After

-- shops: id "00000000-0000-7000-8000-000000000001", name "Corner"

-- Back

-- 1 has no way back
