-- Another column becomes the key, while nobody else is at work
--
--  before: () => ({ Shop: model('shops', { id, code: integer() }) as Model }),
--  rows: { Shop: { id: key, code: 12 } },
--  after: () => ({ Shop: model('shops', { id: uuid(), code: integer().primaryKey() }) as Model }),
--  maintenance: true,

-- Before

create table `shops` (
  `id` char(36) collate ascii_bin not null,
  `code` int not null,
  primary key (`id`)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin;

-- shops: code 12, id "00000000-0000-7000-8000-000000000001"

-- The plan

-- 1. primary key of shops: is (id), wanted (code)
--    breaking: it looks for rows by the former key
--    dataDependent: fails where there are rows without a value in code
--    dataDependent: fails where there are groups of rows with equal (code)
--    blocking: rewrites every row while it blocks writes
--    asks first: select count(*) as offending from `shops` present where `code` is null
--    asks first: select count(*) as offending from (select `code`, count(*) as size from `shops` grown where `code` is not null group by `code` having count(*) > 1) duplicates
--    blocks writes for one rewrite
alter table `shops` drop primary key, add primary key (`code`);

-- After

-- shops: code 12, id "00000000-0000-7000-8000-000000000001"

-- Back

alter table `shops` drop primary key, add primary key (`id`);
