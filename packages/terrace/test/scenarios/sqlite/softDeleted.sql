-- Rows are to be deleted softly, so that a unique rule is about those alive
--
--  before: () => ({ Shop: model('shops', { id, name: text().length(1, 10).unique() }) }),
--  rows: { Shop: { id: key, name: 'Corner' } },
--  after: () => ({ Shop: model('shops', { id, name: text().length(1, 10).unique(), ...softDelete() }) }),

-- Before

create table "shops" (
  "id" TEXT not null,
  "name" TEXT not null,
  constraint "pk_shops" primary key ("id"),
  constraint "uq_shops_name" unique ("name"),
  constraint "ck_shops_name_length" check (length("name") between 1 and 10)
) strict;

-- shops: id "00000000-0000-7000-8000-000000000001", name "Corner"

-- The plan

-- 1. column shops.deleted_at: is missing, wanted INTEGER null
-- 1. column shops.deletion_id: is missing, wanted TEXT null
-- 1. unique shops.uq_shops_name: is (name), wanted (name) where "deleted_at" is null
--    dataDependent: fails where there are groups of rows with equal (name)
--    blocking: rewrites every row while it blocks writes
--    asks first: select count(*) as offending from (select "name", count(*) as size from (select before0.*, null as "deleted_at", null as "deletion_id" from "shops" before0) grown where "name" is not null and ("deleted_at" is null) group by "name" having count(*) > 1) duplicates
--    blocks writes for one rewrite
create table "_terrace_new_shops" (
  "id" TEXT not null,
  "name" TEXT not null,
  "deleted_at" INTEGER,
  "deletion_id" TEXT,
  constraint "pk_shops" primary key ("id"),
  constraint "ck_shops_name_length" check (length ( name ) between 1 and 10)
) strict;
insert or abort into "_terrace_new_shops" (rowid, "id", "name") select rowid, "id", "name" from "shops";
pragma legacy_alter_table = on;
drop table "shops";
alter table "_terrace_new_shops" rename to "shops";
pragma legacy_alter_table = off;
create unique index "uq_shops_name" on "shops" ("name") where "deleted_at" is null;

-- After

-- shops: deleted_at null, deletion_id null, id "00000000-0000-7000-8000-000000000001", name "Corner"

-- Back

create table "_terrace_new_shops" (
  "id" TEXT not null,
  "name" TEXT not null,
  constraint "pk_shops" primary key ("id"),
  constraint "uq_shops_name" unique ("name"),
  constraint "ck_shops_name_length" check (length ( name ) between 1 and 10)
) strict;
insert or abort into "_terrace_new_shops" (rowid, "id", "name") select rowid, "id", "name" from "shops";
pragma legacy_alter_table = on;
drop table "shops";
alter table "_terrace_new_shops" rename to "shops";
pragma legacy_alter_table = off;
