-- A column is renamed and gets more room in one start, with what has its name from it
--
--  before: () => ({ Shop: model('shops', { id, title: text().length(1, 10).unique() }) }),
--  rows: { Shop: { id: key, title: 'Corner' } },
--  after: () => ({ Shop: model('shops', { id, name: text().length(1, 40).unique().renamedFrom('title') }) }),
--  allow: ['rename-column shops.name'],

-- Before

create table `shops` (
  `id` char(36) collate ascii_bin not null,
  `title` varchar(10) collate utf8mb4_nopad_bin not null,
  primary key (`id`),
  unique key `uq_shops_title` (`title`),
  constraint `ck_shops_title_length` check (char_length(`title`) between 1 and 10)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin;

-- shops: id "00000000-0000-7000-8000-000000000001", title "Corner"

-- The plan

-- 1. column shops.name: is title, wanted name
--    breaking: it asks for the column by its former name
--    blocks everything
alter table `shops` rename column `title` to `name`;

-- 2. column shops.name: is varchar(10) collate utf8mb4_nopad_bin not null, wanted varchar(40) collate utf8mb4_nopad_bin not null
-- 2. unique shops.uq_shops_name: is uq_shops_title (name), wanted uq_shops_name (name)
-- 2. check shops.ck_shops_name_length: is ck_shops_title_length (char_length(`name`) between 1 and 10), wanted ck_shops_name_length (char_length(`name`) between 1 and 40)
--    dataDependent: fails where there are rows that break (char_length(`name`) between 1 and 40)
--    blocking: rewrites every row while it blocks writes
--    asks first: select count(*) as offending from (select `id`, `title` as `name` from `shops`) present where not (char_length(`name`) between 1 and 40)
--    blocks writes for one rewrite
alter table `shops` drop constraint `ck_shops_title_length`, modify column `name` varchar(40) collate utf8mb4_nopad_bin not null, rename key `uq_shops_title` to `uq_shops_name`, add constraint `ck_shops_name_length` check (char_length(`name`) between 1 and 40);

-- After

-- shops: id "00000000-0000-7000-8000-000000000001", name "Corner"

-- Back

alter table `shops` drop constraint `ck_shops_name_length`, modify column `name` varchar(10) collate utf8mb4_nopad_bin not null, rename key `uq_shops_name` to `uq_shops_title`, add constraint `ck_shops_title_length` check (char_length(`name`) between 1 and 10);
alter table `shops` rename column `name` to `title`;
