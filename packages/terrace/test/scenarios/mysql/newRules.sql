-- A unique rule, a range and an index come to rows that allow them
--
--  before: () => ({ Shop: model('shops', { id, name: text().length(1, 10), floor: bigint() }) }),
--  rows: { Shop: { id: key, name: 'Corner', floor: 3n } },
--  after: () => ({
--    Shop: model(
--      'shops',
--      { id, name: text().length(1, 10).unique(), floor: bigint().range(-3n, 200n) },
--      { indexes: [['-floor', 'name']] },
--    ),
--  }),

-- Before

create table `shops` (
  `id` char(36) collate ascii_bin not null,
  `name` varchar(10) collate utf8mb4_nopad_bin not null,
  `floor` bigint not null,
  primary key (`id`),
  constraint `ck_shops_name_length` check (char_length(`name`) between 1 and 10)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin;

-- shops: floor 3, id "00000000-0000-7000-8000-000000000001", name "Corner"

-- The plan

-- 1. unique shops.uq_shops_name: is missing, wanted (name)
--    dataDependent: fails where there are groups of rows with equal (name)
--    asks first: select count(*) as offending from (select `name`, count(*) as size from `shops` grown where `name` is not null group by `name` having count(*) > 1) duplicates
--    blocks nothing for one scan
alter table `shops` add unique key `uq_shops_name` (`name`), algorithm = inplace, lock = none;

-- 2. check shops.ck_shops_floor_range: is missing, wanted (`floor` between -3 and 200)
--    dataDependent: fails where there are rows that break (`floor` between -3 and 200)
--    blocking: rewrites every row while it blocks writes
--    asks first: select count(*) as offending from `shops` present where not (`floor` between -3 and 200)
--    blocks writes for one rewrite
alter table `shops` add constraint `ck_shops_floor_range` check (`floor` between -3 and 200);

-- 3. index shops.ix_shops_floor_name: is missing, wanted (floor desc, name)
--    blocks nothing for one scan
alter table `shops` add key `ix_shops_floor_name` (`floor` desc, `name`), algorithm = inplace, lock = none;

-- After

-- shops: floor 3, id "00000000-0000-7000-8000-000000000001", name "Corner"

-- Back

alter table `shops` drop key `ix_shops_floor_name`;
alter table `shops` drop constraint `ck_shops_floor_range`;
alter table `shops` drop key `uq_shops_name`;
