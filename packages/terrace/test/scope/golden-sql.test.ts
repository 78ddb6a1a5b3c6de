import { describe, expect, test } from 'vitest'
import { compiled, targets } from './compiling.ts'
import type { AnyDb } from './shop.ts'
import { product } from './shop-rows.ts'

const engines = ['sqlite', 'postgres', 'mysql'] as const

/** What reaches each engine, word by word: one statement of each sort. */
const statements: Readonly<
  Record<
    string,
    { readonly build: (db: AnyDb) => never; readonly sql: Readonly<Record<(typeof engines)[number], string>> }
  >
> = {
  'a list': {
    build: (db) =>
      db
        .selectFrom('products')
        .select(['id', 'kcal100g'])
        .where((eb) => eb.or([eb('note', 'is', null), eb('isOpen', '=', true)]))
        .orderBy('price', 'desc')
        .limit(5) as never,
    sql: {
      sqlite:
        'select "products"."id", "products"."kcal_per_100g" as "kcal100g" from "products" where "products"."device_id" = ? and "products"."deleted_at" is null and ("products"."note" is null or "products"."is_open" = ?) order by "products"."price" desc limit ?',
      postgres:
        'select "products"."id", "products"."kcal_per_100g" as "kcal100g" from "products" where "products"."device_id" = $1 and "products"."deleted_at" is null and ("products"."note" is null or "products"."is_open" = $2) order by "products"."price" desc nulls last limit $3',
      mysql:
        'select `products`.`id`, `products`.`kcal_per_100g` as `kcal100g` from `products` where `products`.`device_id` = ? and `products`.`deleted_at` is null and (`products`.`note` is null or `products`.`is_open` = ?) order by `products`.`price` desc limit ?',
    },
  },
  'a left join': {
    build: (db) =>
      db
        .selectFrom('products as p')
        .leftJoin('foods as f', 'f.id', 'p.foodId')
        .select(['p.id', 'f.name as food'])
        .orderBy('p.createdAt') as never,
    sql: {
      sqlite:
        'select "p"."id", "f"."name" as "food" from "products" as "p" left join "foods" as "f" on "f"."deleted_at" is null and ("f"."id" = "p"."food_id") where "p"."device_id" = ? and "p"."deleted_at" is null order by "p"."created_at" asc',
      postgres:
        'select "p"."id", "f"."name" as "food" from "products" as "p" left join "foods" as "f" on "f"."deleted_at" is null and ("f"."id" = "p"."food_id") where "p"."device_id" = $1 and "p"."deleted_at" is null order by "p"."created_at" asc',
      mysql:
        'select `p`.`id`, `f`.`name` as `food` from `products` as `p` left join `foods` as `f` on `f`.`deleted_at` is null and (`f`.`id` = `p`.`food_id`) where `p`.`device_id` = ? and `p`.`deleted_at` is null order by `p`.`created_at` asc',
    },
  },
  'a right join': {
    build: (db) =>
      db
        .selectFrom('foods')
        .rightJoin('products', 'products.foodId', 'foods.id')
        .select(['foods.name', 'products.id']) as never,
    sql: {
      sqlite:
        'select "foods"."name", "products"."id" from (select * from "foods" where "foods"."deleted_at" is null) as "foods" right join (select * from "products" where "products"."device_id" = ? and "products"."deleted_at" is null) as "products" on "products"."food_id" = "foods"."id"',
      postgres:
        'select "foods"."name", "products"."id" from (select * from "foods" where "foods"."deleted_at" is null) as "foods" right join (select * from "products" where "products"."device_id" = $1 and "products"."deleted_at" is null) as "products" on "products"."food_id" = "foods"."id"',
      mysql:
        'select `foods`.`name`, `products`.`id` from (select * from `foods` where `foods`.`deleted_at` is null) as `foods` right join (select * from `products` where `products`.`device_id` = ? and `products`.`deleted_at` is null) as `products` on `products`.`food_id` = `foods`.`id`',
    },
  },
  grandchildren: {
    build: (db) => db.selectFrom('servings').select((eb) => eb.fn.countAll().as('n')) as never,
    sql: {
      sqlite:
        'select count(*) as "n" from "servings" where exists (select 1 from "portions" as "terrace_1" where "terrace_1"."id" = "servings"."portion_id" and exists (select 1 from "products" as "terrace_2" where "terrace_2"."id" = "terrace_1"."product_id" and "terrace_2"."device_id" = ? and "terrace_2"."deleted_at" is null)) and "servings"."deleted_at" is null',
      postgres:
        'select count(*) as "n" from "servings" where exists (select 1 from "portions" as "terrace_1" where "terrace_1"."id" = "servings"."portion_id" and exists (select 1 from "products" as "terrace_2" where "terrace_2"."id" = "terrace_1"."product_id" and "terrace_2"."device_id" = $1 and "terrace_2"."deleted_at" is null)) and "servings"."deleted_at" is null',
      mysql:
        'select count(*) as `n` from `servings` where exists (select 1 from `portions` as `terrace_1` where `terrace_1`.`id` = `servings`.`portion_id` and exists (select 1 from `products` as `terrace_2` where `terrace_2`.`id` = `terrace_1`.`product_id` and `terrace_2`.`device_id` = ? and `terrace_2`.`deleted_at` is null)) and `servings`.`deleted_at` is null',
    },
  },
  'a change': {
    build: (db) =>
      db
        .updateTable('products')
        .set((eb) => ({ name: 'Ä', kcal100g: eb('kcal100g', '+', 1) }))
        .where('id', '=', product(1)) as never,
    sql: {
      sqlite:
        'update "products" set "name" = ?, "name_folded" = ?, "kcal_per_100g" = "products"."kcal_per_100g" + cast(? as integer), "updated_at" = ? where "products"."device_id" = ? and "products"."deleted_at" is null and ("products"."id" = ?)',
      postgres:
        'update "products" set "name" = $1, "name_folded" = $2, "kcal_per_100g" = "products"."kcal_per_100g" + cast($3 as bigint), "updated_at" = $4 where "products"."device_id" = $5 and "products"."deleted_at" is null and ("products"."id" = $6)',
      mysql:
        'update `products` set `name` = ?, `name_folded` = ?, `kcal_per_100g` = `products`.`kcal_per_100g` + cast(? as signed), `updated_at` = ? where `products`.`device_id` = ? and `products`.`deleted_at` is null and (`products`.`id` = ?)',
    },
  },
  'an insert': {
    build: (db) => db.insertInto('products').values({ name: 'Ä', kcal100g: 1 }) as never,
    sql: {
      sqlite:
        'insert into "products" ("name", "name_folded", "kcal_per_100g", "id", "device_id", "created_at", "updated_at") values (?, ?, ?, ?, ?, ?, ?)',
      postgres:
        'insert into "products" ("name", "name_folded", "kcal_per_100g", "id", "device_id", "created_at", "updated_at") values ($1, $2, $3, $4, $5, $6, $7)',
      mysql:
        'insert into `products` (`name`, `name_folded`, `kcal_per_100g`, `id`, `device_id`, `created_at`, `updated_at`) values (?, ?, ?, ?, ?, ?, ?)',
    },
  },
}

describe.each(engines)('the SQL for %s', (engine) => {
  test.each(Object.entries(statements))('%s', (_, { build, sql }) => {
    expect(compiled(build, { target: targets[engine] }).sql).toBe(sql[engine])
  })
})

test('the DAO’s upsert changes only rows of the actor that are alive', () => {
  const build = (db: AnyDb) =>
    db
      .insertInto('products')
      .values({ id: product(1), name: 'x', kcal100g: 1 })
      .onConflict((conflict) =>
        conflict
          .columns(['deviceId', 'name'])
          .where('deletedAt', 'is', null)
          .doUpdateSet((eb) => ({ name: eb.ref('excluded.name') })),
      )
  expect(compiled(build, { byRule: true, target: targets.postgres }).sql).toBe(
    'insert into "products" ("id", "name", "name_folded", "kcal_per_100g", "device_id") values ($1, $2, $3, $4, $5) on conflict ("device_id", "name_folded") where "deleted_at" is null do update set "name" = "excluded"."name", "name_folded" = "excluded"."name_folded" where "products"."device_id" = $6 and "products"."deleted_at" is null',
  )
})
