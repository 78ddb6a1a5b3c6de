-- What could be left out has to be given, as every row has it
--
--  before: () => ({ Shop: model('shops', { id, floor: bigint().nullable() }) }),
--  rows: { Shop: { id: key, floor: 3n } },
--  after: () => ({ Shop: model('shops', { id, floor: bigint() }) }),

-- Before

create table "shops" (
  "id" TEXT not null,
  "floor" INTEGER,
  constraint "pk_shops" primary key ("id")
) strict;

-- shops: floor 3, id "00000000-0000-7000-8000-000000000001"

-- The plan

-- 1. column shops.floor: is INTEGER null, wanted INTEGER not null
--    dataDependent: fails where there are rows without a value in floor
--    blocking: rewrites every row while it blocks writes
--    asks first: select count(*) as offending from "shops" present where "floor" is null
--    blocks writes for one rewrite
create table "_terrace_new_shops" (
  "id" TEXT not null,
  "floor" INTEGER not null,
  constraint "pk_shops" primary key ("id")
) strict;
insert or abort into "_terrace_new_shops" (rowid, "id", "floor") select rowid, "id", "floor" from "shops";
pragma legacy_alter_table = on;
drop table "shops";
alter table "_terrace_new_shops" rename to "shops";
pragma legacy_alter_table = off;

-- After

-- shops: floor 3, id "00000000-0000-7000-8000-000000000001"

-- Back

create table "_terrace_new_shops" (
  "id" TEXT not null,
  "floor" INTEGER,
  constraint "pk_shops" primary key ("id")
) strict;
insert or abort into "_terrace_new_shops" (rowid, "id", "floor") select rowid, "id", "floor" from "shops";
pragma legacy_alter_table = on;
drop table "shops";
alter table "_terrace_new_shops" rename to "shops";
pragma legacy_alter_table = off;
