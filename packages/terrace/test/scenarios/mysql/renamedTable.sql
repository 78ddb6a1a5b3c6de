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

create table `items` (
  `id` char(36) collate ascii_bin not null,
  `name` varchar(10) collate utf8mb4_nopad_bin not null,
  primary key (`id`),
  key `ix_items_name` (`name`),
  constraint `ck_items_name_length` check (char_length(`name`) between 1 and 10)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin;
create table `order_lines` (
  `id` char(36) collate ascii_bin not null,
  `item_id` char(36) collate ascii_bin not null,
  primary key (`id`),
  key `ix_order_lines_item_id` (`item_id`),
  constraint `fk_order_lines_item_id_items` foreign key (`item_id`) references `items` (`id`) on delete cascade
) engine=InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin;

-- items: id "00000000-0000-7000-8000-000000000001", name "Apple"
-- order_lines: id "00000000-0000-7000-8000-000000000001", item_id "00000000-0000-7000-8000-000000000001"

-- The plan

-- 1. table goods: is items, wanted goods
--    breaking: it asks for the table by its former name
--    blocks everything
rename table `items` to `goods`;

-- 2. foreign key order_lines.fk_order_lines_item_id_goods: is fk_order_lines_item_id_items (item_id) to goods (id) on delete cascade, wanted fk_order_lines_item_id_goods (item_id) to goods (id) on delete cascade
--    blocks nothing
alter table `order_lines` drop foreign key `fk_order_lines_item_id_items`, algorithm = instant;

-- 3. index goods.ix_goods_name: is ix_items_name (name), wanted ix_goods_name (name)
-- 3. check goods.ck_goods_name_length: is ck_items_name_length (char_length(`name`) between 1 and 10), wanted ck_goods_name_length (char_length(`name`) between 1 and 10)
--    blocking: rewrites every row while it blocks writes
--    blocks writes for one rewrite
alter table `goods` drop constraint `ck_items_name_length`, rename key `ix_items_name` to `ix_goods_name`, add constraint `ck_goods_name_length` check (char_length(`name`) between 1 and 10);

-- 4. foreign key order_lines.fk_order_lines_item_id_goods: is fk_order_lines_item_id_items (item_id) to goods (id) on delete cascade, wanted fk_order_lines_item_id_goods (item_id) to goods (id) on delete cascade
--    blocking: rewrites every row while it blocks writes
--    blocks writes for one rewrite
alter table `order_lines` add constraint `fk_order_lines_item_id_goods` foreign key (`item_id`) references `goods` (`id`) on delete cascade;

-- After

-- goods: id "00000000-0000-7000-8000-000000000001", name "Apple"
-- order_lines: id "00000000-0000-7000-8000-000000000001", item_id "00000000-0000-7000-8000-000000000001"

-- Back

alter table `order_lines` drop foreign key `fk_order_lines_item_id_goods`;
alter table `goods` drop constraint `ck_goods_name_length`, rename key `ix_goods_name` to `ix_items_name`, add constraint `ck_items_name_length` check (char_length(`name`) between 1 and 10);
alter table `order_lines` add constraint `fk_order_lines_item_id_items` foreign key (`item_id`) references `goods` (`id`) on delete cascade;
rename table `goods` to `items`;
