-- Rows are to be deleted softly, so that a unique rule is about those alive
--
--  before: () => ({ Shop: model('shops', { id, name: text().length(1, 10).unique() }) }),
--  rows: { Shop: { id: key, name: 'Corner' } },
--  after: () => ({ Shop: model('shops', { id, name: text().length(1, 10).unique(), ...softDelete() }) }),

-- Before

create table `shops` (
  `id` char(36) collate ascii_bin not null,
  `name` varchar(10) collate utf8mb4_nopad_bin not null,
  primary key (`id`),
  unique key `uq_shops_name` (`name`),
  constraint `ck_shops_name_length` check (char_length(`name`) between 1 and 10)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin;

-- shops: id "00000000-0000-7000-8000-000000000001", name "Corner"

-- The plan

-- 1. column shops.deleted_at: is missing, wanted datetime(3) null
-- 1. column shops.deletion_id: is missing, wanted char(36) collate ascii_bin null
-- 1. column shops.alive: is missing, wanted tinyint(1) null generated as (if(`deleted_at` is null, 1, null))
-- 1. unique shops.uq_shops_name: is (name), wanted (name, alive)
--    dataDependent: fails where there are groups of rows with equal (name, alive)
--    asks first: select count(*) as offending from (select `name`, `alive`, count(*) as size from (select before1.*, if(`deleted_at` is null, 1, null) as `alive` from (select before0.*, null as `deleted_at`, null as `deletion_id` from `shops` before0) before1) grown where `name` is not null and `alive` is not null group by `name`, `alive` having count(*) > 1) duplicates
--    blocks nothing for one scan
alter table `shops` drop key `uq_shops_name`, add column `deleted_at` datetime(3) null, add column `deletion_id` char(36) collate ascii_bin null, add column `alive` tinyint(1) generated always as (if(`deleted_at` is null, 1, null)) virtual invisible, add unique key `uq_shops_name` (`name`, `alive`);

-- After

-- shops: deleted_at null, deletion_id null, id "00000000-0000-7000-8000-000000000001", name "Corner"

-- Back

alter table `shops` drop key `uq_shops_name`, drop column `deleted_at`, drop column `deletion_id`, drop column `alive`, add unique key `uq_shops_name` (`name`);
