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
  "id" uuid not null,
  "name" character varying(10) collate "C" not null,
  "floor" bigint not null,
  constraint "pk_shops" primary key ("id"),
  constraint "ck_shops_name_length" check (char_length("name") between 1 and 10)
);

-- shops: floor 3, id "00000000-0000-7000-8000-000000000001", name "Corner"

-- The plan

-- 1. unique shops.uq_shops_name: is missing, wanted (name)
--    dataDependent: fails where there are groups of rows with equal (name)
--    blocking: reads every row while it blocks everything
--    asks first: select count(*) as offending from (select "name", count(*) as size from "shops" grown where "name" is not null group by "name" having count(*) > 1) duplicates
--    blocks everything for one scan
alter table "shops" add constraint "uq_shops_name" unique ("name");

-- 2. check shops.ck_shops_floor_range: is missing, wanted ("floor" between -3 and 200)
--    dataDependent: fails where there are rows that break ("floor" between -3 and 200)
--    blocking: reads every row while it blocks everything
--    asks first: select count(*) as offending from "shops" present where not ("floor" between -3 and 200)
--    blocks everything for one scan
alter table "shops" add constraint "ck_shops_floor_range" check ("floor" between -3 and 200);

-- 3. index shops.ix_shops_floor_name: is missing, wanted (floor desc, name)
--    blocking: reads every row while it blocks writes
--    blocks writes for one scan
create index "ix_shops_floor_name" on "shops" ("floor" desc, "name");

-- After

-- shops: floor 3, id "00000000-0000-7000-8000-000000000001", name "Corner"

-- Back

drop index "ix_shops_floor_name";
alter table "shops" drop constraint "ck_shops_floor_range";
alter table "shops" drop constraint "uq_shops_name";
