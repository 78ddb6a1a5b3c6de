-- A key that callers gave is numbered by the database
--
--  before: () => ({ Note: model('notes', { id: integer().primaryKey() }) }),
--  rows: { Note: { id: 7 } },
--  after: () => ({ Note: model('notes', { id: identity() }) }),

-- Before

create table `notes` (
  `id` int not null,
  primary key (`id`)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin;

-- notes: id 7

-- The plan

-- 1. column notes.id: is int not null, wanted bigint not null numbered by the database
--    blocking: rewrites every row while it blocks writes
--    blocks writes for one rewrite
alter table `notes` modify column `id` bigint not null auto_increment;

-- After

-- notes: id 7

-- Back

alter table `notes` modify column `id` int not null;
