-- Another column becomes the key, while nobody else is at work
--
--  before: () => ({ Shop: model('shops', { id, code: integer() }) as Model }),
--  rows: { Shop: { id: key, code: 12 } },
--  after: () => ({ Shop: model('shops', { id: uuid(), code: integer().primaryKey() }) as Model }),
--  maintenance: true,

-- Before

create table "shops" (
  "id" TEXT not null,
  "code" INTEGER not null,
  constraint "pk_shops" primary key ("id"),
  constraint "ck_shops_code_int32" check ("code" between -2147483648 and 2147483647)
) strict;

-- shops: code 12, id "00000000-0000-7000-8000-000000000001"

-- The plan

-- 1. primary key of shops: is pk_shops(id), wanted pk_shops(code)
--    breaking: it looks for rows by the former key
--    dataDependent: fails where there are rows without a value in code
--    dataDependent: fails where there are groups of rows with equal (code)
--    blocking: rewrites every row while it blocks writes
--    asks first: select count(*) as offending from "shops" present where "code" is null
--    asks first: select count(*) as offending from (select "code", count(*) as size from "shops" grown where "code" is not null group by "code" having count(*) > 1) duplicates
--    blocks writes for one rewrite
create table "_terrace_new_shops" (
  "id" TEXT not null,
  "code" INTEGER not null,
  constraint "pk_shops" primary key ("code"),
  constraint "ck_shops_code_int32" check (code between - 2147483648 and 2147483647)
) strict;
insert or abort into "_terrace_new_shops" ("id", "code") select "id", "code" from "shops";
pragma legacy_alter_table = on;
drop table "shops";
alter table "_terrace_new_shops" rename to "shops";
pragma legacy_alter_table = off;

-- After

-- shops: code 12, id "00000000-0000-7000-8000-000000000001"

-- Back

create table "_terrace_new_shops" (
  "id" TEXT not null,
  "code" INTEGER not null,
  constraint "pk_shops" primary key ("id"),
  constraint "ck_shops_code_int32" check (code between - 2147483648 and 2147483647)
) strict;
insert or abort into "_terrace_new_shops" ("id", "code") select "id", "code" from "shops";
pragma legacy_alter_table = on;
drop table "shops";
alter table "_terrace_new_shops" rename to "shops";
pragma legacy_alter_table = off;
