import type { ErrorDefinition } from '../terrace-error.ts'

/** Differences between models and live structure, and the doors that follow them. */
export const structureErrors = {
  STRUCTURE_DRIFT: {
    kind: 'structure',
    en: 'The database differs from the models, and nothing was changed. Differences: {count}\n{list}',
    zh: '数据库结构与模型有 {count} 处不一致，未做任何修改：\n{list}',
    remedy: 'Resolve each as its line says, then start again',
    remedyZh: '请按每一行的说明逐一处理，然后重新启动',
    values: {
      count: 1,
      list:
        '- column products.name [Product.name]: is text not null, wanted character varying(100) not null. ' +
        'Not done: type text, wanted character varying(100). Alter it by hand, or declare the model as the database has it.',
    },
  },
  STRUCTURE_LOCK_TIMEOUT: {
    kind: 'unavailable',
    en: 'Another process has been changing the structure of the database for more than {seconds} s',
    zh: '另一个进程正在修改数据库结构，等待已超过 {seconds} 秒',
    remedy: 'Wait until it is done and start again; if it hangs, look for its connection and end it',
    values: { seconds: 60 },
  },
  STRUCTURE_FORMAT_NEWER: {
    kind: 'structure',
    en: 'The journal of this database has format {found}; this version of Terrace knows up to {known}',
    zh: '该数据库的日志格式为 {found}，当前版本的 Terrace 最高支持 {known}',
    remedy: 'Start with the version of Terrace that wrote it, or a newer one',
    values: { found: 2, known: 1 },
  },
  STRUCTURE_STEP_FAILED: {
    kind: 'structure',
    en: 'The database refused a change of table {table} ({reason}): {sql}',
    zh: '数据库拒绝了对表 {table} 的修改（{reason}）：{sql}',
    remedy:
      "Look at the cause, which has the database's own words; what was done before is kept or rolled back whole, so start again after",
    values: { table: 'products', reason: 'permission', sql: 'create table "products" ("id" uuid not null)' },
  },
  SEED_INVALID: {
    kind: 'structure',
    en: 'The seeds of {model} are not valid, and none was inserted: {list}',
    zh: '{model} 的默认数据无效，未插入任何数据：{list}',
    remedy: "Correct the rows in the model's seeds",
    values: { model: 'Food', list: 'row 1, kcal100g: must be at most 1000' },
  },
  SEED_FAILED: {
    kind: 'structure',
    en: 'The seeds of {model} could not be inserted, and none was ({reason})',
    zh: '{model} 的默认数据未能插入（{reason}）',
    remedy: 'Look at the cause; the table is empty still and is seeded at the next start',
    values: { model: 'Food', reason: 'foreignKey' },
  },
} as const satisfies Record<string, ErrorDefinition>
