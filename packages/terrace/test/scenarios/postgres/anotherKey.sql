-- Another column becomes the key, while nobody else is at work
--
--  before: () => ({ Shop: model('shops', { id, code: integer() }) as Model }),
--  rows: { Shop: { id: key, code: 12 } },
--  after: () => ({ Shop: model('shops', { id: uuid(), code: integer().primaryKey() }) as Model }),
--  maintenance: true,

-- Before

create table "shops" (
  "id" uuid not null,
  "code" integer not null,
  constraint "pk_shops" primary key ("id")
);

-- shops: code 12, id "00000000-0000-7000-8000-000000000001"

-- The plan

-- 1. primary key of shops: is pk_shops(id), wanted pk_shops(code)
--    breaking: it looks for rows by the former key
--    dataDependent: fails where there are rows without a value in code
--    dataDependent: fails where there are groups of rows with equal (code)
--    asks first: select count(*) as offending from "shops" present where "code" is null
--    asks first: select count(*) as offending from (select "code", count(*) as size from "shops" grown where "code" is not null group by "code" having count(*) > 1) duplicates
--    blocks everything
alter table "shops" drop constraint "pk_shops";

-- 2. primary key of shops: is pk_shops(id), wanted pk_shops(code)
--    breaking: it looks for rows by the former key
--    blocking: reads every row while it blocks everything
--    blocks everything for one scan
alter table "shops" add constraint "pk_shops" primary key ("code");

-- After

-- shops: code 12, id "00000000-0000-7000-8000-000000000001"

-- Back

alter table "shops" drop constraint "pk_shops";
alter table "shops" add constraint "pk_shops" primary key ("id");
