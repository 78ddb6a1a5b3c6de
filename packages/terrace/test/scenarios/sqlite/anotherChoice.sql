-- A choice is given up, which no row has, and another comes
--
--  before: () => ({ Shop: model('shops', { id, kind: oneOf('food', 'books') }) }),
--  rows: { Shop: { id: key, kind: 'food' } },
--  after: () => ({ Shop: model('shops', { id, kind: oneOf('food', 'tools') }) }),

-- Before

create table "shops" (
  "id" TEXT not null,
  "kind" TEXT not null,
  constraint "pk_shops" primary key ("id"),
  constraint "ck_shops_kind_one_of" check ("kind" in ('food', 'books'))
) strict;

-- shops: id "00000000-0000-7000-8000-000000000001", kind "food"

-- The plan

-- 1. check shops.ck_shops_kind_one_of: is (kind in ( 'food' , 'books' )), wanted ("kind" in ('food', 'tools'))
--    dataDependent: fails where there are rows that break ("kind" in ('food', 'tools'))
--    blocking: rewrites every row while it blocks writes
--    asks first: select count(*) as offending from "shops" present where not ("kind" in ('food', 'tools'))
--    blocks writes for one rewrite
create table "_terrace_new_shops" (
  "id" TEXT not null,
  "kind" TEXT not null,
  constraint "pk_shops" primary key ("id"),
  constraint "ck_shops_kind_one_of" check ("kind" in ('food', 'tools'))
) strict;
insert or abort into "_terrace_new_shops" (rowid, "id", "kind") select rowid, "id", "kind" from "shops";
pragma legacy_alter_table = on;
drop table "shops";
alter table "_terrace_new_shops" rename to "shops";
pragma legacy_alter_table = off;

-- After

-- shops: id "00000000-0000-7000-8000-000000000001", kind "food"

-- Back

create table "_terrace_new_shops" (
  "id" TEXT not null,
  "kind" TEXT not null,
  constraint "pk_shops" primary key ("id"),
  constraint "ck_shops_kind_one_of" check (kind in ( 'food' , 'books' ))
) strict;
insert or abort into "_terrace_new_shops" (rowid, "id", "kind") select rowid, "id", "kind" from "shops";
pragma legacy_alter_table = on;
drop table "shops";
alter table "_terrace_new_shops" rename to "shops";
pragma legacy_alter_table = off;
