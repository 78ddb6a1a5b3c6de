-- A choice is given up, which no row has, and another comes
--
--  before: () => ({ Shop: model('shops', { id, kind: oneOf('food', 'books') }) }),
--  rows: { Shop: { id: key, kind: 'food' } },
--  after: () => ({ Shop: model('shops', { id, kind: oneOf('food', 'tools') }) }),

-- Before

create table "shops" (
  "id" uuid not null,
  "kind" text collate "C" not null,
  constraint "pk_shops" primary key ("id"),
  constraint "ck_shops_kind_one_of" check ("kind" in ('food', 'books'))
);

-- shops: id "00000000-0000-7000-8000-000000000001", kind "food"

-- The plan

-- 1. check shops.ck_shops_kind_one_of: is (kind = ANY (ARRAY['food'::text, 'books'::text])), wanted ("kind" in ('food', 'tools'))
--    dataDependent: fails where there are rows that break ("kind" in ('food', 'tools'))
--    asks first: select count(*) as offending from "shops" present where not ("kind" in ('food', 'tools'))
--    blocks everything
alter table "shops" drop constraint "ck_shops_kind_one_of";

-- 2. check shops.ck_shops_kind_one_of: is (kind = ANY (ARRAY['food'::text, 'books'::text])), wanted ("kind" in ('food', 'tools'))
--    blocking: reads every row while it blocks everything
--    blocks everything for one scan
alter table "shops" add constraint "ck_shops_kind_one_of" check ("kind" in ('food', 'tools'));

-- After

-- shops: id "00000000-0000-7000-8000-000000000001", kind "food"

-- Back

alter table "shops" drop constraint "ck_shops_kind_one_of";
alter table "shops" add constraint "ck_shops_kind_one_of" check ((kind = ANY (ARRAY['food'::text, 'books'::text])));
