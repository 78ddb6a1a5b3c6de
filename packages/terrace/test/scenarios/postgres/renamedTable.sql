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
  "id" uuid not null,
  "name" character varying(10) collate "C" not null,
  constraint "pk_items" primary key ("id"),
  constraint "ck_items_name_length" check (char_length("name") between 1 and 10)
);
create table "order_lines" (
  "id" uuid not null,
  "item_id" uuid not null,
  constraint "pk_order_lines" primary key ("id"),
  constraint "fk_order_lines_item_id_items" foreign key ("item_id") references "items" ("id") on delete cascade
);
create index "ix_items_name" on "items" ("name");
create index "ix_order_lines_item_id" on "order_lines" ("item_id");

-- items: id "00000000-0000-7000-8000-000000000001", name "Apple"
-- order_lines: id "00000000-0000-7000-8000-000000000001", item_id "00000000-0000-7000-8000-000000000001"

-- The plan

-- 1. table goods: is items, wanted goods
--    breaking: it asks for the table by its former name
--    blocks everything
alter table "items" rename to "goods";

-- 2. primary key of goods: is pk_items(id), wanted pk_goods(id)
--    blocks everything
alter table "goods" rename constraint "pk_items" to "pk_goods";

-- 3. index goods.ix_goods_name: is ix_items_name (name), wanted ix_goods_name (name)
--    blocks everything
alter index "ix_items_name" rename to "ix_goods_name";

-- 4. check goods.ck_goods_name_length: is ck_items_name_length ((char_length((name)::text) >= 1) AND (char_length((name)::text) <= 10)), wanted ck_goods_name_length (char_length("name") between 1 and 10)
--    blocks everything
alter table "goods" rename constraint "ck_items_name_length" to "ck_goods_name_length";

-- 5. foreign key order_lines.fk_order_lines_item_id_goods: is fk_order_lines_item_id_items (item_id) to goods (id) on delete cascade, wanted fk_order_lines_item_id_goods (item_id) to goods (id) on delete cascade
--    blocks everything
alter table "order_lines" rename constraint "fk_order_lines_item_id_items" to "fk_order_lines_item_id_goods";

-- After

-- goods: id "00000000-0000-7000-8000-000000000001", name "Apple"
-- order_lines: id "00000000-0000-7000-8000-000000000001", item_id "00000000-0000-7000-8000-000000000001"

-- Back

alter table "order_lines" rename constraint "fk_order_lines_item_id_goods" to "fk_order_lines_item_id_items";
alter table "goods" rename constraint "ck_goods_name_length" to "ck_items_name_length";
alter index "ix_goods_name" rename to "ix_items_name";
alter table "goods" rename constraint "pk_goods" to "pk_items";
alter table "goods" rename to "items";
