-- A text gets more room, and a default
--
--  before: () => ({ Shop: model('shops', { id, name: text().length(1, 10) }) }),
--  rows: { Shop: { id: key, name: 'Corner' } },
--  after: () => ({ Shop: model('shops', { id, name: text().length(1, 40).default('Corner') }) }),

-- Before

create table `shops` (
  `id` char(36) collate ascii_bin not null,
  `name` varchar(10) collate utf8mb4_nopad_bin not null,
  primary key (`id`),
  constraint `ck_shops_name_length` check (char_length(`name`) between 1 and 10)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin;

-- shops: id "00000000-0000-7000-8000-000000000001", name "Corner"

-- The plan

-- 1. column shops.name: is varchar(10) collate utf8mb4_nopad_bin not null, wanted varchar(40) collate utf8mb4_nopad_bin not null default 'Corner'
-- 1. check shops.ck_shops_name_length: is (char_length(`name`) between 1 and 10), wanted (char_length(`name`) between 1 and 40)
--    dataDependent: fails where there are rows that break (char_length(`name`) between 1 and 40)
--    blocking: rewrites every row while it blocks writes
--    asks first: select count(*) as offending from `shops` present where not (char_length(`name`) between 1 and 40)
--    blocks writes for one rewrite
alter table `shops` drop constraint `ck_shops_name_length`, modify column `name` varchar(40) collate utf8mb4_nopad_bin not null default 'Corner', add constraint `ck_shops_name_length` check (char_length(`name`) between 1 and 40);

-- After

-- shops: id "00000000-0000-7000-8000-000000000001", name "Corner"

-- Back

alter table `shops` drop constraint `ck_shops_name_length`, modify column `name` varchar(10) collate utf8mb4_nopad_bin not null, add constraint `ck_shops_name_length` check (char_length(`name`) between 1 and 10);
