-- A table is renamed, and what refers to it goes on doing so
--
--  before: () => {
--    const Item = model('items', { id, name: text().length(1, 10) }, { indexes: [['name']] })
--    return { Item, Line: model('order_lines', { id, itemId: reference(Item, { onDelete: 'cascade' }) }) }
--  },
--  rows: { Item: { id: key, name: 'Apple' }, Line: { id: key, itemId: key } },
--  after: () => {
--    const Item = model('goods', { id, name: text().length(1, 10) }, { indexes: [['name']], renamedFrom: 'items' })
--    return { Item, Line: model('order_lines', { id, itemId: reference(Item, { onDelete: 'cascade' }) }) }
--  },
--  maintenance: true,

-- Before

create table "items" (
  "id" TEXT not null,
  "name" TEXT not null,
  constraint "pk_items" primary key ("id"),
  constraint "ck_items_name_length" check (length("name") between 1 and 10)
) strict;
create table "order_lines" (
  "id" TEXT not null,
  "item_id" TEXT not null,
  constraint "pk_order_lines" primary key ("id"),
  constraint "fk_order_lines_item_id_items" foreign key ("item_id") references "items" ("id") on delete cascade
) strict;
create index "ix_items_name" on "items" ("name");
create index "ix_order_lines_item_id" on "order_lines" ("item_id");

-- items: id "00000000-0000-7000-8000-000000000001", name "Apple"
-- order_lines: id "00000000-0000-7000-8000-000000000001", item_id "00000000-0000-7000-8000-000000000001"

-- The plan

-- 1. table goods: is items, wanted goods
--    breaking: it asks for the table by its former name
--    blocks writes
alter table "items" rename to "goods";

-- 2. primary key of goods: is pk_items(id), wanted pk_goods(id)
-- 2. index goods.ix_goods_name: is ix_items_name (name), wanted ix_goods_name (name)
-- 2. check goods.ck_goods_name_length: is ck_items_name_length (length ( name ) between 1 and 10), wanted ck_goods_name_length (length("name") between 1 and 10)
--    blocking: rewrites every row while it blocks writes
--    blocks writes for one rewrite
create table "_terrace_new_goods" (
  "id" TEXT not null,
  "name" TEXT not null,
  constraint "pk_goods" primary key ("id"),
  constraint "ck_goods_name_length" check (length("name") between 1 and 10)
) strict;
insert or abort into "_terrace_new_goods" (rowid, "id", "name") select rowid, "id", "name" from "goods";
pragma legacy_alter_table = on;
drop table "goods";
alter table "_terrace_new_goods" rename to "goods";
pragma legacy_alter_table = off;
create index "ix_goods_name" on "goods" ("name");

-- 3. foreign key order_lines.fk_order_lines_item_id_goods: is fk_order_lines_item_id_items (item_id) to goods (id) on delete cascade, wanted fk_order_lines_item_id_goods (item_id) to goods (id) on delete cascade
--    blocking: rewrites every row while it blocks writes
--    blocks writes for one rewrite
create table "_terrace_new_order_lines" (
  "id" TEXT not null,
  "item_id" TEXT not null,
  constraint "pk_order_lines" primary key ("id"),
  constraint "fk_order_lines_item_id_goods" foreign key ("item_id") references "goods" ("id") on delete cascade
) strict;
insert or abort into "_terrace_new_order_lines" (rowid, "id", "item_id") select rowid, "id", "item_id" from "order_lines";
pragma legacy_alter_table = on;
drop table "order_lines";
alter table "_terrace_new_order_lines" rename to "order_lines";
pragma legacy_alter_table = off;
CREATE INDEX "ix_order_lines_item_id" on "order_lines" ("item_id");

-- After

-- goods: id "00000000-0000-7000-8000-000000000001", name "Apple"
-- order_lines: id "00000000-0000-7000-8000-000000000001", item_id "00000000-0000-7000-8000-000000000001"

-- Back

create table "_terrace_new_order_lines" (
  "id" TEXT not null,
  "item_id" TEXT not null,
  constraint "pk_order_lines" primary key ("id"),
  constraint "fk_order_lines_item_id_items" foreign key ("item_id") references "goods" ("id") on delete cascade
) strict;
insert or abort into "_terrace_new_order_lines" (rowid, "id", "item_id") select rowid, "id", "item_id" from "order_lines";
pragma legacy_alter_table = on;
drop table "order_lines";
alter table "_terrace_new_order_lines" rename to "order_lines";
pragma legacy_alter_table = off;
CREATE INDEX "ix_order_lines_item_id" on "order_lines" ("item_id");
create table "_terrace_new_goods" (
  "id" TEXT not null,
  "name" TEXT not null,
  constraint "pk_items" primary key ("id"),
  constraint "ck_items_name_length" check (length ( name ) between 1 and 10)
) strict;
insert or abort into "_terrace_new_goods" (rowid, "id", "name") select rowid, "id", "name" from "goods";
pragma legacy_alter_table = on;
drop table "goods";
alter table "_terrace_new_goods" rename to "goods";
pragma legacy_alter_table = off;
create index "ix_items_name" on "goods" ("name");
alter table "goods" rename to "items";
