-- What could be left out has to be given, as every row has it
--
--  before: () => ({ Shop: model('shops', { id, floor: bigint().nullable() }) }),
--  rows: { Shop: { id: key, floor: 3n } },
--  after: () => ({ Shop: model('shops', { id, floor: bigint() }) }),

-- Before

create table "shops" (
  "id" uuid not null,
  "floor" bigint,
  constraint "pk_shops" primary key ("id")
);

-- shops: floor 3, id "00000000-0000-7000-8000-000000000001"

-- The plan

-- 1. column shops.floor: is bigint null, wanted bigint not null
--    dataDependent: fails where there are rows without a value in floor
--    blocking: reads every row while it blocks everything
--    asks first: select count(*) as offending from "shops" present where "floor" is null
--    blocks everything for one scan
alter table "shops" alter column "floor" set not null;

-- After

-- shops: floor 3, id "00000000-0000-7000-8000-000000000001"

-- Back

alter table "shops" alter column "floor" drop not null;
