-- A choice is given up, which no row has, and another comes
--
--  before: () => ({ Shop: model('shops', { id, kind: oneOf('food', 'books') }) }),
--  rows: { Shop: { id: key, kind: 'food' } },
--  after: () => ({ Shop: model('shops', { id, kind: oneOf('food', 'tools') }) }),

-- Before

create table `shops` (
  `id` char(36) collate ascii_bin not null,
  `kind` varchar(5) collate utf8mb4_nopad_bin not null,
  primary key (`id`),
  constraint `ck_shops_kind_one_of` check (`kind` in ('food', 'books'))
) engine=InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin;

-- shops: id "00000000-0000-7000-8000-000000000001", kind "food"

-- The plan

-- 1. check shops.ck_shops_kind_one_of: is (`kind` in ('food','books')), wanted (`kind` in ('food', 'tools'))
--    dataDependent: fails where there are rows that break (`kind` in ('food', 'tools'))
--    blocking: rewrites every row while it blocks writes
--    asks first: select count(*) as offending from `shops` present where not (`kind` in ('food', 'tools'))
--    blocks writes for one rewrite
alter table `shops` drop constraint `ck_shops_kind_one_of`, add constraint `ck_shops_kind_one_of` check (`kind` in ('food', 'tools'));

-- After

-- shops: id "00000000-0000-7000-8000-000000000001", kind "food"

-- Back

alter table `shops` drop constraint `ck_shops_kind_one_of`, add constraint `ck_shops_kind_one_of` check (`kind` in ('food','books'));
