-- A column is renamed and gets more room in one start, with what has its name from it
--
--  before: () => ({ Shop: model('shops', { id, title: text().length(1, 10).unique() }) }),
--  rows: { Shop: { id: key, title: 'Corner' } },
--  after: () => ({ Shop: model('shops', { id, name: text().length(1, 40).unique().renamedFrom('title') }) }),
--  allow: ['rename-column shops.name'],

-- Before

create table "shops" (
  "id" TEXT not null,
  "title" TEXT not null,
  constraint "pk_shops" primary key ("id"),
  constraint "uq_shops_title" unique ("title"),
  constraint "ck_shops_title_length" check (length("title") between 1 and 10)
) strict;

-- shops: id "00000000-0000-7000-8000-000000000001", title "Corner"

-- The plan

-- 1. column shops.name: is title, wanted name
--    breaking: it asks for the column by its former name
--    blocks writes
alter table "shops" rename column "title" to "name";

-- 2. unique shops.uq_shops_name: is uq_shops_title (name), wanted uq_shops_name (name)
-- 2. check shops.ck_shops_name_length: is ck_shops_title_length (length ( name ) between 1 and 10), wanted ck_shops_name_length (length("name") between 1 and 40)
--    dataDependent: fails where there are rows that break (length("name") between 1 and 40)
--    blocking: rewrites every row while it blocks writes
--    asks first: select count(*) as offending from (select "id", "title" as "name" from "shops") present where not (length("name") between 1 and 40)
--    blocks writes for one rewrite
create table "_terrace_new_shops" (
  "id" TEXT not null,
  "name" TEXT not null,
  constraint "pk_shops" primary key ("id"),
  constraint "uq_shops_name" unique ("name"),
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
  constraint "uq_shops_title" unique ("name"),
  constraint "ck_shops_title_length" check (length ( name ) between 1 and 10)
) strict;
insert or abort into "_terrace_new_shops" (rowid, "id", "name") select rowid, "id", "name" from "shops";
pragma legacy_alter_table = on;
drop table "shops";
alter table "_terrace_new_shops" rename to "shops";
pragma legacy_alter_table = off;
alter table "shops" rename column "name" to "title";
