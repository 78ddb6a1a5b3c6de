-- SQLite

create table "devices" (
  "id" TEXT not null,
  "name" TEXT not null default 'new',
  "created_at" INTEGER not null default (cast(unixepoch('subsec') * 1000 as integer)),
  "updated_at" INTEGER not null default (cast(unixepoch('subsec') * 1000 as integer)),
  constraint "pk_devices" primary key ("id"),
  constraint "ck_devices_name_length" check (length("name") between 1 and 50)
) strict;

create table "products" (
  "id" TEXT not null,
  "device_id" TEXT not null,
  "name" TEXT not null,
  "barcode" TEXT,
  "slug" TEXT,
  "slug_folded" TEXT,
  "order" INTEGER,
  "kcal_100g" INTEGER not null default 0,
  "is_main" INTEGER not null default 0,
  "created_at" INTEGER not null default (cast(unixepoch('subsec') * 1000 as integer)),
  "updated_at" INTEGER not null default (cast(unixepoch('subsec') * 1000 as integer)),
  "deleted_at" INTEGER,
  "deletion_id" TEXT,
  constraint "pk_products" primary key ("id"),
  constraint "uq_products_barcode" unique ("barcode"),
  constraint "fk_products_device_id_devices" foreign key ("device_id") references "devices" ("id") on delete cascade,
  constraint "ck_products_barcode_length" check (length("barcode") between 1 and 20),
  constraint "ck_products_is_main_boolean" check ("is_main" in (0, 1)),
  constraint "ck_products_kcal100g_int32" check ("kcal_100g" between -2147483648 and 2147483647),
  constraint "ck_products_kcal100g_range" check ("kcal_100g" between 0 and 1000),
  constraint "ck_products_name_length" check (length("name") between 1 and 100),
  constraint "ck_products_order_int32" check ("order" between -2147483648 and 2147483647),
  constraint "ck_products_slug_length" check (length("slug") between 1 and 40)
) strict;

create unique index "uq_products_device_id" on "products" ("device_id") where "deleted_at" is null and "is_main" = 1;

create unique index "uq_products_name" on "products" ("device_id", "name") where "deleted_at" is null;

create unique index "uq_products_slug" on "products" ("device_id", "slug_folded") where "deleted_at" is null;

create index "ix_products_device_id_name" on "products" ("device_id", "name" desc);

create index "ix_products_order" on "products" ("order");

create index "ix_products_order_name" on "products" ("order" desc, "name");

-- PostgreSQL

create table "devices" (
  "id" uuid not null,
  "name" character varying(50) collate "C" not null default 'new',
  "created_at" timestamp(3) with time zone not null default now(),
  "updated_at" timestamp(3) with time zone not null default now(),
  constraint "pk_devices" primary key ("id"),
  constraint "ck_devices_name_length" check (char_length("name") between 1 and 50)
);

create table "products" (
  "id" uuid not null,
  "device_id" uuid not null,
  "name" character varying(100) collate "C" not null,
  "barcode" character varying(20) collate "C",
  "slug" character varying(40) collate "C",
  "slug_folded" character varying(40) collate "C",
  "order" integer,
  "kcal_100g" integer not null default 0,
  "is_main" boolean not null default false,
  "created_at" timestamp(3) with time zone not null default now(),
  "updated_at" timestamp(3) with time zone not null default now(),
  "deleted_at" timestamp(3) with time zone,
  "deletion_id" uuid,
  constraint "pk_products" primary key ("id"),
  constraint "uq_products_barcode" unique ("barcode"),
  constraint "fk_products_device_id_devices" foreign key ("device_id") references "devices" ("id") on delete cascade,
  constraint "ck_products_barcode_length" check (char_length("barcode") between 1 and 20),
  constraint "ck_products_kcal100g_range" check ("kcal_100g" between 0 and 1000),
  constraint "ck_products_name_length" check (char_length("name") between 1 and 100),
  constraint "ck_products_slug_length" check (char_length("slug") between 1 and 40)
);

create unique index "uq_products_device_id" on "products" ("device_id") where "deleted_at" is null and "is_main" = true;

create unique index "uq_products_name" on "products" ("device_id", "name") where "deleted_at" is null;

create unique index "uq_products_slug" on "products" ("device_id", "slug_folded") where "deleted_at" is null;

create index "ix_products_device_id_name" on "products" ("device_id", "name" desc);

create index "ix_products_order" on "products" ("order" nulls first);

create index "ix_products_order_name" on "products" ("order" desc nulls last, "name");

-- MariaDB

create table `devices` (
  `id` char(36) collate ascii_bin not null,
  `name` varchar(50) collate utf8mb4_nopad_bin not null default 'new',
  `created_at` datetime(3) not null default (utc_timestamp(3)),
  `updated_at` datetime(3) not null default (utc_timestamp(3)),
  primary key (`id`),
  constraint `ck_devices_name_length` check (char_length(`name`) between 1 and 50)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin;

create table `products` (
  `id` char(36) collate ascii_bin not null,
  `device_id` char(36) collate ascii_bin not null,
  `name` varchar(100) collate utf8mb4_nopad_bin not null,
  `barcode` varchar(20) collate utf8mb4_nopad_bin null,
  `slug` varchar(40) collate utf8mb4_nopad_bin null,
  `slug_folded` varchar(40) collate utf8mb4_nopad_bin null,
  `order` int null,
  `kcal_100g` int not null default 0,
  `is_main` tinyint(1) not null default false,
  `created_at` datetime(3) not null default (utc_timestamp(3)),
  `updated_at` datetime(3) not null default (utc_timestamp(3)),
  `deleted_at` datetime(3) null,
  `deletion_id` char(36) collate ascii_bin null,
  `alive` tinyint(1) generated always as (if(`deleted_at` is null, 1, null)) virtual invisible,
  `uq_products_device_id_rows` tinyint(1) generated always as (if(`deleted_at` is null and `is_main` = true, 1, null)) virtual invisible,
  primary key (`id`),
  unique key `uq_products_barcode` (`barcode`),
  unique key `uq_products_device_id` (`device_id`, `uq_products_device_id_rows`),
  unique key `uq_products_name` (`device_id`, `name`, `alive`),
  unique key `uq_products_slug` (`device_id`, `slug_folded`, `alive`),
  key `ix_products_device_id_name` (`device_id`, `name` desc),
  key `ix_products_order` (`order`),
  key `ix_products_order_name` (`order` desc, `name`),
  constraint `fk_products_device_id_devices` foreign key (`device_id`) references `devices` (`id`) on delete cascade,
  constraint `ck_products_barcode_length` check (char_length(`barcode`) between 1 and 20),
  constraint `ck_products_is_main_boolean` check (`is_main` in (0, 1)),
  constraint `ck_products_kcal100g_range` check (`kcal_100g` between 0 and 1000),
  constraint `ck_products_name_length` check (char_length(`name`) between 1 and 100),
  constraint `ck_products_slug_length` check (char_length(`slug`) between 1 and 40)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin;

-- MySQL

create table `devices` (
  `id` char(36) collate ascii_bin not null,
  `name` varchar(50) collate utf8mb4_0900_bin not null default 'new',
  `created_at` datetime(3) not null default (utc_timestamp(3)),
  `updated_at` datetime(3) not null default (utc_timestamp(3)),
  primary key (`id`),
  constraint `ck_devices_name_length` check (char_length(`name`) between 1 and 50)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_0900_bin;

create table `products` (
  `id` char(36) collate ascii_bin not null,
  `device_id` char(36) collate ascii_bin not null,
  `name` varchar(100) collate utf8mb4_0900_bin not null,
  `barcode` varchar(20) collate utf8mb4_0900_bin null,
  `slug` varchar(40) collate utf8mb4_0900_bin null,
  `slug_folded` varchar(40) collate utf8mb4_0900_bin null,
  `order` int null,
  `kcal_100g` int not null default 0,
  `is_main` tinyint(1) not null default false,
  `created_at` datetime(3) not null default (utc_timestamp(3)),
  `updated_at` datetime(3) not null default (utc_timestamp(3)),
  `deleted_at` datetime(3) null,
  `deletion_id` char(36) collate ascii_bin null,
  `alive` tinyint(1) generated always as (if(`deleted_at` is null, 1, null)) virtual invisible,
  `uq_products_device_id_rows` tinyint(1) generated always as (if(`deleted_at` is null and `is_main` = true, 1, null)) virtual invisible,
  primary key (`id`),
  unique key `uq_products_barcode` (`barcode`),
  unique key `uq_products_device_id` (`device_id`, `uq_products_device_id_rows`),
  unique key `uq_products_name` (`device_id`, `name`, `alive`),
  unique key `uq_products_slug` (`device_id`, `slug_folded`, `alive`),
  key `ix_products_device_id_name` (`device_id`, `name` desc),
  key `ix_products_order` (`order`),
  key `ix_products_order_name` (`order` desc, `name`),
  constraint `fk_products_device_id_devices` foreign key (`device_id`) references `devices` (`id`) on delete cascade,
  constraint `ck_products_barcode_length` check (char_length(`barcode`) between 1 and 20),
  constraint `ck_products_is_main_boolean` check (`is_main` in (0, 1)),
  constraint `ck_products_kcal100g_range` check (`kcal_100g` between 0 and 1000),
  constraint `ck_products_name_length` check (char_length(`name`) between 1 and 100),
  constraint `ck_products_slug_length` check (char_length(`slug`) between 1 and 40)
) engine=InnoDB default character set utf8mb4 collate utf8mb4_0900_bin;
