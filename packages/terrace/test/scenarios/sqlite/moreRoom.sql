-- A text gets more room, and a default
--
--  before: () => ({ Shop: model('shops', { id, name: text().length(1, 10) }) }),
--  rows: { Shop: { id: key, name: 'Corner' } },
--  after: () => ({ Shop: model('shops', { id, name: text().length(1, 40).default('Corner') }) }),

-- Before

create table "shops" (
  "id" TEXT not null,
  "name" TEXT not null,
  constraint "pk_shops" primary key ("id"),
  constraint "ck_shops_name_length" check (length("name") between 1 and 10)
) strict;

-- shops: id "00000000-0000-7000-8000-000000000001", name "Corner"

-- The plan

-- 1. column shops.name: is TEXT not null, wanted TEXT not null default 'Corner'
-- 1. check shops.ck_shops_name_length: is (length ( name ) between 1 and 10), wanted (length("name") between 1 and 40)
--    dataDependent: fails where there are rows that break (length("name") between 1 and 40)
--    blocking: rewrites every row while it blocks writes
--    asks first: select count(*) as offending from "shops" present where not (length("name") between 1 and 40)
--    blocks writes for one rewrite
create table "_terrace_new_shops" (
  "id" TEXT not null,
  "name" TEXT not null default 'Corner',
  constraint "pk_shops" primary key ("id"),
  constraint "ck_shops_name_length" check (length("name") between 1 and 40)
) strict;
insert or abort into "_terrace_new_shops" (rowid, "id", "name") select rowid, "id", "name" from "shops";
pragma legacy_alter_table = on;
drop table "shops";
alter table "_terrace_new_shops" rename to "shops";
pragma legacy_alter_table = off;

-- After

-- shops: id "00000000-0000-7000-8000-000000000001", name "Corner"

-- Back

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
