-- A text gets more room, and a default
--
--  before: () => ({ Shop: model('shops', { id, name: text().length(1, 10) }) }),
--  rows: { Shop: { id: key, name: 'Corner' } },
--  after: () => ({ Shop: model('shops', { id, name: text().length(1, 40).default('Corner') }) }),

-- Before

create table "shops" (
  "id" uuid not null,
  "name" character varying(10) collate "C" not null,
  constraint "pk_shops" primary key ("id"),
  constraint "ck_shops_name_length" check (char_length("name") between 1 and 10)
);

-- shops: id "00000000-0000-7000-8000-000000000001", name "Corner"

-- The plan

-- 1. check shops.ck_shops_name_length: is ((char_length((name)::text) >= 1) AND (char_length((name)::text) <= 10)), wanted (char_length("name") between 1 and 40)
--    dataDependent: fails where there are rows that break (char_length("name") between 1 and 40)
--    asks first: select count(*) as offending from "shops" present where not (char_length("name") between 1 and 40)
--    blocks everything
alter table "shops" drop constraint "ck_shops_name_length";

-- 2. column shops.name: is character varying(10) collate C not null, wanted character varying(40) collate C not null default 'Corner'
--    blocks everything
alter table "shops" alter column "name" type character varying(40) collate "C", alter column "name" set default 'Corner';

-- 3. check shops.ck_shops_name_length: is ((char_length((name)::text) >= 1) AND (char_length((name)::text) <= 10)), wanted (char_length("name") between 1 and 40)
--    blocking: reads every row while it blocks everything
--    blocks everything for one scan
alter table "shops" add constraint "ck_shops_name_length" check (char_length("name") between 1 and 40);

-- After

-- shops: id "00000000-0000-7000-8000-000000000001", name "Corner"

-- Back

alter table "shops" drop constraint "ck_shops_name_length";
alter table "shops" alter column "name" drop default, alter column "name" type character varying(10) collate "C";
alter table "shops" add constraint "ck_shops_name_length" check (((char_length((name)::text) >= 1) AND (char_length((name)::text) <= 10)));
