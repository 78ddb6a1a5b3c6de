-- A text and a number get less room, which the rows prove to be enough
--
--  before: () => ({ Shop: model('shops', { id, name: text().length(1, 40), floor: bigint() }) }),
--  rows: { Shop: { id: key, name: 'Corner', floor: 3n } },
--  after: () => ({ Shop: model('shops', { id, name: text().length(1, 10), floor: integer() }) }),

-- Before

create table "shops" (
  "id" uuid not null,
  "name" character varying(40) collate "C" not null,
  "floor" bigint not null,
  constraint "pk_shops" primary key ("id"),
  constraint "ck_shops_name_length" check (char_length("name") between 1 and 40)
);

-- shops: floor 3, id "00000000-0000-7000-8000-000000000001", name "Corner"

-- The plan

-- 1. check shops.ck_shops_name_length: is ((char_length((name)::text) >= 1) AND (char_length((name)::text) <= 40)), wanted (char_length("name") between 1 and 10)
--    dataDependent: fails where there are rows that break (char_length("name") between 1 and 10)
--    asks first: select count(*) as offending from (select "id", case when char_length("name") > 10 then null else "name" end as "name", case when "floor" not between -2147483648 and 2147483647 then null else cast("floor" as integer) end as "floor" from "shops" present) present where not (char_length("name") between 1 and 10)
--    blocks everything
alter table "shops" drop constraint "ck_shops_name_length";

-- 2. column shops.name: is character varying(40) collate C not null, wanted character varying(10) collate C not null
--    dataDependent: fails where there are rows with more than 10 characters
--    blocking: rewrites every row while it blocks everything
--    asks first: select count(*) as offending from "shops" present where char_length("name") > 10
--    blocks everything for one rewrite
alter table "shops" alter column "name" type character varying(10) collate "C";

-- 3. column shops.floor: is bigint not null, wanted integer not null
--    dataDependent: fails where there are rows with a number outside -2147483648 to 2147483647
--    blocking: rewrites every row while it blocks everything
--    asks first: select count(*) as offending from "shops" present where "floor" not between -2147483648 and 2147483647
--    blocks everything for one rewrite
alter table "shops" alter column "floor" type integer;

-- 4. check shops.ck_shops_name_length: is ((char_length((name)::text) >= 1) AND (char_length((name)::text) <= 40)), wanted (char_length("name") between 1 and 10)
--    blocking: reads every row while it blocks everything
--    blocks everything for one scan
alter table "shops" add constraint "ck_shops_name_length" check (char_length("name") between 1 and 10);

-- After

-- shops: floor 3, id "00000000-0000-7000-8000-000000000001", name "Corner"

-- Back

alter table "shops" drop constraint "ck_shops_name_length";
alter table "shops" alter column "floor" type bigint;
alter table "shops" alter column "name" type character varying(40) collate "C";
alter table "shops" add constraint "ck_shops_name_length" check (((char_length((name)::text) >= 1) AND (char_length((name)::text) <= 40)));
