-- A table comes, and one that was there refers to it
--
--  before: () => ({ Shop: model('shops', { id }) }),
--  rows: { Shop: { id: key } },
--  after: () => {
--    const Town = model('towns', { id })
--    return { Town, Shop: model('shops', { id, townId: reference(Town, { onDelete: 'setNull' }).nullable() }) }
--  },

-- Before

create table "shops" (
  "id" TEXT not null,
  constraint "pk_shops" primary key ("id")
) strict;

-- shops: id "00000000-0000-7000-8000-000000000001"

-- The plan

-- 1. table towns: is missing, wanted 1 column
--    blocks writes
create table "towns" (
  "id" TEXT not null,
  constraint "pk_towns" primary key ("id")
) strict;

-- 2. column shops.town_id: is missing, wanted TEXT null
--    blocking: reads every row while it blocks writes
--    blocks writes for one scan
alter table "shops" add column "town_id" TEXT constraint "fk_shops_town_id_towns" references "towns" ("id") on delete set null;

-- 3. index shops.ix_shops_town_id: is missing, wanted (town_id)
--    blocking: reads every row while it blocks writes
--    blocks writes for one scan
create index "ix_shops_town_id" on "shops" ("town_id");

-- After

-- shops: id "00000000-0000-7000-8000-000000000001", town_id null

-- Back

drop index "ix_shops_town_id";
create table "_terrace_new_shops" (
  "id" TEXT not null,
  constraint "pk_shops" primary key ("id")
) strict;
insert or abort into "_terrace_new_shops" (rowid, "id") select rowid, "id" from "shops";
pragma legacy_alter_table = on;
drop table "shops";
alter table "_terrace_new_shops" rename to "shops";
pragma legacy_alter_table = off;
drop table "towns";
