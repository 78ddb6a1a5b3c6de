-- What could be left out has to be given, as every row has it
--
--  before: () => ({ Shop: model('shops', { id, floor: bigint().nullable() }) }),
--  rows: { Shop: { id: key, floor: 3n } },
--  after: () => ({ Shop: model('shops', { id, floor: bigint() }) }),

-- Before

create table `shops` (
  `id` char(36) collate ascii_bin not null,
  `floor` bigint null,
  primary key (`id`)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin;

-- shops: floor 3, id "00000000-0000-7000-8000-000000000001"

-- The plan

-- 1. column shops.floor: is bigint null, wanted bigint not null
--    dataDependent: fails where there are rows without a value in floor
--    blocking: rewrites every row while it blocks writes
--    asks first: select count(*) as offending from `shops` present where `floor` is null
--    blocks writes for one rewrite
alter table `shops` modify column `floor` bigint not null;

-- After

-- shops: floor 3, id "00000000-0000-7000-8000-000000000001"

-- Back

alter table `shops` modify column `floor` bigint null;
