-- Two columns change their names
--
--  before: () => ({ Shop: model('shops', { id, one: integer(), two: text().length(1, 10) }) }),
--  rows: { Shop: { id: key, one: 1, two: 'Corner' } },
--  after: () => ({
--    Shop: model('shops', { id, one: text().length(1, 10).renamedFrom('two'), two: integer().renamedFrom('one') }),
--  }),
--  maintenance: true,

-- Before

create table "shops" (
  "id" uuid not null,
  "one" integer not null,
  "two" character varying(10) collate "C" not null,
  constraint "pk_shops" primary key ("id"),
  constraint "ck_shops_two_length" check (char_length("two") between 1 and 10)
);

-- shops: id "00000000-0000-7000-8000-000000000001", one 1, two "Corner"

-- The plan

-- 1. column shops.two: is one, wanted two
-- 1. column shops.one: is two, wanted one
--    breaking: it asks for the column by its former name
--    blocks everything
alter table "shops" rename column "two" to "_terrace_r_f1a01c5aca58db07";
alter table "shops" rename column "one" to "two";
alter table "shops" rename column "_terrace_r_f1a01c5aca58db07" to "one";

-- 2. check shops.ck_shops_one_length: is ck_shops_two_length ((char_length((one)::text) >= 1) AND (char_length((one)::text) <= 10)), wanted ck_shops_one_length (char_length("one") between 1 and 10)
--    blocks everything
alter table "shops" rename constraint "ck_shops_two_length" to "ck_shops_one_length";

-- After

-- shops: id "00000000-0000-7000-8000-000000000001", one "Corner", two 1

-- Back

alter table "shops" rename constraint "ck_shops_one_length" to "ck_shops_two_length";
alter table "shops" rename column "one" to "_terrace_r_f1a01c5aca58db07";
alter table "shops" rename column "two" to "one";
alter table "shops" rename column "_terrace_r_f1a01c5aca58db07" to "two";
