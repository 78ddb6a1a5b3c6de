-- A column goes, with the rules about it, where a person allows it by name
--
--  before: () => ({ Shop: model('shops', { id, floor: bigint().range(0n, 9n), name: text().length(1, 10) }) }),
--  rows: { Shop: { id: key, floor: 3n, name: 'Corner' } },
--  after: () => ({ Shop: model('shops', { id, name: text().length(1, 10) }) }),
--  allow: ['drop-column shops.floor'],

-- Before

create table `shops` (
  `id` char(36) collate ascii_bin not null,
  `floor` bigint not null,
  `name` varchar(10) collate utf8mb4_nopad_bin not null,
  primary key (`id`),
  constraint `ck_shops_floor_range` check (`floor` between 0 and 9),
  constraint `ck_shops_name_length` check (char_length(`name`) between 1 and 10)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin;

-- shops: floor 3, id "00000000-0000-7000-8000-000000000001", name "Corner"

-- The plan

-- 1. check shops.ck_shops_floor_range: is (`floor` between 0 and 9), wanted not declared
--    blocks nothing
alter table `shops` drop constraint `ck_shops_floor_range`, algorithm = instant;

-- 2. column shops.floor: is bigint not null, wanted not declared
--    lossy: drops every value of the column
--    breaking: it may ask for what is gone
--    irreversible: there is no step back
--    blocks nothing for one rewrite
alter table `shops` drop column `floor`;

-- After

-- shops: id "00000000-0000-7000-8000-000000000001", name "Corner"

-- Back

-- 2 has no way back
alter table `shops` add constraint `ck_shops_floor_range` check (`floor` between 0 and 9);
