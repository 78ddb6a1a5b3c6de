-- A column is renamed and gets more room in one start, with what has its name from it
--
--  before: () => ({ Shop: model('shops', { id, title: text().length(1, 10).unique() }) }),
--  rows: { Shop: { id: key, title: 'Corner' } },
--  after: () => ({ Shop: model('shops', { id, name: text().length(1, 40).unique().renamedFrom('title') }) }),
--  allow: ['rename-column shops.name'],

-- Before

create table "shops" (
  "id" uuid not null,
  "title" character varying(10) collate "C" not null,
  constraint "pk_shops" primary key ("id"),
  constraint "uq_shops_title" unique ("title"),
  constraint "ck_shops_title_length" check (char_length("title") between 1 and 10)
);

-- shops: id "00000000-0000-7000-8000-000000000001", title "Corner"

-- The plan

-- 1. column shops.name: is title, wanted name
--    breaking: it asks for the column by its former name
--    blocks everything
alter table "shops" rename column "title" to "name";

-- 2. unique shops.uq_shops_name: is uq_shops_title (name), wanted uq_shops_name (name)
--    blocks everything
alter table "shops" drop constraint "uq_shops_title";

-- 3. check shops.ck_shops_name_length: is ck_shops_title_length ((char_length((name)::text) >= 1) AND (char_length((name)::text) <= 10)), wanted ck_shops_name_length (char_length("name") between 1 and 40)
--    dataDependent: fails where there are rows that break (char_length("name") between 1 and 40)
--    asks first: select count(*) as offending from (select "id", "title" as "name" from "shops") present where not (char_length("name") between 1 and 40)
--    blocks everything
alter table "shops" drop constraint "ck_shops_title_length";

-- 4. column shops.name: is character varying(10) collate C not null, wanted character varying(40) collate C not null
--    blocks everything
alter table "shops" alter column "name" type character varying(40) collate "C";

-- 5. unique shops.uq_shops_name: is uq_shops_title (name), wanted uq_shops_name (name)
--    blocking: reads every row while it blocks everything
--    blocks everything for one scan
alter table "shops" add constraint "uq_shops_name" unique ("name");

-- 6. check shops.ck_shops_name_length: is ck_shops_title_length ((char_length((name)::text) >= 1) AND (char_length((name)::text) <= 10)), wanted ck_shops_name_length (char_length("name") between 1 and 40)
--    blocking: reads every row while it blocks everything
--    blocks everything for one scan
alter table "shops" add constraint "ck_shops_name_length" check (char_length("name") between 1 and 40);

-- After

-- shops: id "00000000-0000-7000-8000-000000000001", name "Corner"

-- Back

alter table "shops" drop constraint "ck_shops_name_length";
alter table "shops" drop constraint "uq_shops_name";
alter table "shops" alter column "name" type character varying(10) collate "C";
alter table "shops" add constraint "ck_shops_title_length" check (((char_length((name)::text) >= 1) AND (char_length((name)::text) <= 10)));
alter table "shops" add constraint "uq_shops_title" unique ("name");
alter table "shops" rename column "name" to "title";
