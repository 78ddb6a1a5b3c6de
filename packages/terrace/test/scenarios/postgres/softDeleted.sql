-- Rows are to be deleted softly, so that a unique rule is about those alive
--
--  before: () => ({ Shop: model('shops', { id, name: text().length(1, 10).unique() }) }),
--  rows: { Shop: { id: key, name: 'Corner' } },
--  after: () => ({ Shop: model('shops', { id, name: text().length(1, 10).unique(), ...softDelete() }) }),

-- Before

create table "shops" (
  "id" uuid not null,
  "name" character varying(10) collate "C" not null,
  constraint "pk_shops" primary key ("id"),
  constraint "uq_shops_name" unique ("name"),
  constraint "ck_shops_name_length" check (char_length("name") between 1 and 10)
);

-- shops: id "00000000-0000-7000-8000-000000000001", name "Corner"

-- The plan

-- 1. unique shops.uq_shops_name: is (name), wanted (name) where "deleted_at" is null
--    dataDependent: fails where there are groups of rows with equal (name)
--    asks first: select count(*) as offending from (select "name", count(*) as size from (select before0.*, cast(null as timestamp(3) with time zone) as "deleted_at", cast(null as uuid) as "deletion_id" from "shops" before0) grown where "name" is not null and ("deleted_at" is null) group by "name" having count(*) > 1) duplicates
--    blocks everything
alter table "shops" drop constraint "uq_shops_name";

-- 2. column shops.deleted_at: is missing, wanted timestamp(3) with time zone null
--    blocks everything
alter table "shops" add column "deleted_at" timestamp(3) with time zone;

-- 3. column shops.deletion_id: is missing, wanted uuid null
--    blocks everything
alter table "shops" add column "deletion_id" uuid;

-- 4. unique shops.uq_shops_name: is (name), wanted (name) where "deleted_at" is null
--    blocking: reads every row while it blocks writes
--    blocks writes for one scan
create unique index "uq_shops_name" on "shops" ("name") where "deleted_at" is null;

-- After

-- shops: deleted_at null, deletion_id null, id "00000000-0000-7000-8000-000000000001", name "Corner"

-- Back

drop index "uq_shops_name";
alter table "shops" drop column "deletion_id";
alter table "shops" drop column "deleted_at";
alter table "shops" add constraint "uq_shops_name" unique ("name");
