-- Two columns change their names
--
--  before: () => ({ Shop: model('shops', { id, one: integer(), two: text().length(1, 10) }) }),
--  rows: { Shop: { id: key, one: 1, two: 'Corner' } },
--  after: () => ({
--    Shop: model('shops', { id, one: text().length(1, 10).renamedFrom('two'), two: integer().renamedFrom('one') }),
--  }),
--  maintenance: true,

-- Before

create table `shops` (
  `id` char(36) collate ascii_bin not null,
  `one` int not null,
  `two` varchar(10) collate utf8mb4_nopad_bin not null,
  primary key (`id`),
  constraint `ck_shops_two_length` check (char_length(`two`) between 1 and 10)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin;

-- shops: id "00000000-0000-7000-8000-000000000001", one 1, two "Corner"

-- The plan

-- 1. column shops.one: is two, wanted one
-- 1. column shops.two: is one, wanted two
--    breaking: it asks for the column by its former name
--    blocks everything
alter table `shops` rename column `two` to `one`, rename column `one` to `two`;

-- 2. check shops.ck_shops_one_length: is ck_shops_two_length (char_length(`one`) between 1 and 10), wanted ck_shops_one_length (char_length(`one`) between 1 and 10)
--    blocking: rewrites every row while it blocks writes
--    blocks writes for one rewrite
alter table `shops` drop constraint `ck_shops_two_length`, add constraint `ck_shops_one_length` check (char_length(`one`) between 1 and 10);

-- After

-- shops: id "00000000-0000-7000-8000-000000000001", one "Corner", two 1

-- Back

alter table `shops` drop constraint `ck_shops_one_length`, add constraint `ck_shops_two_length` check (char_length(`one`) between 1 and 10);
alter table `shops` rename column `one` to `two`, rename column `two` to `one`;
