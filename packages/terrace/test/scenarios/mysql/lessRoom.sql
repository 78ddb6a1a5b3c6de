-- A text and a number get less room, which the rows prove to be enough
--
--  before: () => ({ Shop: model('shops', { id, name: text().length(1, 40), floor: bigint() }) }),
--  rows: { Shop: { id: key, name: 'Corner', floor: 3n } },
--  after: () => ({ Shop: model('shops', { id, name: text().length(1, 10), floor: integer() }) }),

-- Before

create table `shops` (
  `id` char(36) collate ascii_bin not null,
  `name` varchar(40) collate utf8mb4_nopad_bin not null,
  `floor` bigint not null,
  primary key (`id`),
  constraint `ck_shops_name_length` check (char_length(`name`) between 1 and 40)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin;

-- shops: floor 3, id "00000000-0000-7000-8000-000000000001", name "Corner"

-- The plan

-- 1. column shops.name: is varchar(40) collate utf8mb4_nopad_bin not null, wanted varchar(10) collate utf8mb4_nopad_bin not null
-- 1. column shops.floor: is bigint not null, wanted int not null
-- 1. check shops.ck_shops_name_length: is (char_length(`name`) between 1 and 40), wanted (char_length(`name`) between 1 and 10)
--    dataDependent: fails where there are rows with more than 10 characters
--    dataDependent: fails where there are rows beyond -2147483648 to 2147483647
--    dataDependent: fails where there are rows that break (char_length(`name`) between 1 and 10)
--    blocking: rewrites every row while it blocks writes
--    asks first: select count(*) as offending from `shops` present where char_length(`name`) > 10
--    asks first: select count(*) as offending from `shops` present where `floor` not between -2147483648 and 2147483647
--    asks first: select count(*) as offending from (select `id`, case when char_length(`name`) > 10 then null else `name` end as `name`, case when `floor` not between -2147483648 and 2147483647 then null else `floor` end as `floor` from `shops` present) present where not (char_length(`name`) between 1 and 10)
--    blocks writes for one rewrite
alter table `shops` drop constraint `ck_shops_name_length`, modify column `name` varchar(10) collate utf8mb4_nopad_bin not null, modify column `floor` int not null, add constraint `ck_shops_name_length` check (char_length(`name`) between 1 and 10);

-- After

-- shops: floor 3, id "00000000-0000-7000-8000-000000000001", name "Corner"

-- Back

alter table `shops` drop constraint `ck_shops_name_length`, modify column `name` varchar(40) collate utf8mb4_nopad_bin not null, modify column `floor` bigint not null, add constraint `ck_shops_name_length` check (char_length(`name`) between 1 and 40);
