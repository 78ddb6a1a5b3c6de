-- A table comes, and one that was there refers to it
--
--  before: () => ({ Shop: model('shops', { id }) }),
--  rows: { Shop: { id: key } },
--  after: () => {
--    const Town = model('towns', { id })
--    return { Town, Shop: model('shops', { id, townId: reference(Town, { onDelete: 'setNull' }).nullable() }) }
--  },

-- Before

create table `shops` (
  `id` char(36) collate ascii_bin not null,
  primary key (`id`)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin;

-- shops: id "00000000-0000-7000-8000-000000000001"

-- The plan

-- 1. table towns: is missing, wanted 1 column
--    blocks nothing
create table `towns` (
  `id` char(36) collate ascii_bin not null,
  primary key (`id`)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin;

-- 2. column shops.town_id: is missing, wanted char(36) collate ascii_bin null
--    blocks nothing
alter table `shops` add column `town_id` char(36) collate ascii_bin null, algorithm = instant;

-- 3. index shops.ix_shops_town_id: is missing, wanted (town_id)
--    blocks nothing for one scan
alter table `shops` add key `ix_shops_town_id` (`town_id`), algorithm = inplace, lock = none;

-- 4. column shops.town_id: is missing, wanted char(36) collate ascii_bin null
--    blocking: rewrites every row while it blocks writes
--    blocks writes for one rewrite
alter table `shops` add constraint `fk_shops_town_id_towns` foreign key (`town_id`) references `towns` (`id`) on delete set null;

-- After

-- shops: id "00000000-0000-7000-8000-000000000001", town_id null

-- Back

alter table `shops` drop foreign key `fk_shops_town_id_towns`;
alter table `shops` drop key `ix_shops_town_id`;
alter table `shops` drop column `town_id`;
drop table `towns`;
