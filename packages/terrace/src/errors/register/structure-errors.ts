import type { ErrorDefinition } from '../terrace-error.ts'

/** Differences between models and live structure, and the doors that follow them. */
export const structureErrors = {
  STRUCTURE_DRIFT: {
    kind: 'structure',
    en: 'The database differs from the models, and nothing was changed. Differences: {count}\n{list}',
    zh: '数据库结构与模型有 {count} 处不一致，未做任何修改：\n{list}',
    remedy: 'Resolve each as its line says, then start again, or run the command again',
    remedyZh: '请按每一行的说明逐一处理，然后重新启动或重新运行命令',
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
    remedyZh: '请等待其完成后重新启动；若它已停滞，请找到其连接并终止',
    values: { seconds: 60 },
  },
  STRUCTURE_FORMAT_NEWER: {
    kind: 'structure',
    en: 'The journal of this database has format {found}; this version of Terrace knows up to {known}',
    zh: '该数据库的日志格式为 {found}，当前版本的 Terrace 最高支持 {known}',
    remedy: 'Start with the version of Terrace that wrote it, or a newer one',
    remedyZh: '请使用写入该日志的 Terrace 版本或更新的版本启动',
    values: { found: 2, known: 1 },
  },
  STRUCTURE_STEP_FAILED: {
    kind: 'structure',
    en: 'The database refused a change of table {table} ({reason}): {sql}',
    zh: '数据库拒绝了对表 {table} 的修改（{reason}）：{sql}',
    remedy:
      "Look at the cause, which has the database's own words; what was done before is kept or rolled back whole, so start again after",
    remedyZh: '请查看 cause，其中有数据库自己的说明；此前的修改或已保留，或已整体回滚，处理后请重新启动',
    values: { table: 'products', reason: 'permission', sql: 'create table "products" ("id" uuid not null)' },
  },
  STRUCTURE_PERMISSION: {
    kind: 'structure',
    en: "The database's user may not run what following the models takes: {sql}. It lacks: {grant}",
    zh: '数据库用户无权执行跟随模型所需的语句：{sql}。缺少权限：{grant}',
    remedy: "Grant it, or let somebody who may start once; the cause has the database's own words",
    remedyZh: '请授予该权限，或由有权限的用户启动一次；原因中有数据库自己的说明',
    values: {
      sql: 'create table "products" ("id" uuid not null)',
      grant: 'grant create on schema <schema> to <user>',
    },
  },
  STRUCTURE_KEYS_BROKEN: {
    kind: 'structure',
    en: 'The change of the structure would leave rows without the row that they refer to, and was rolled back. Rows: {count} ({list})',
    zh: '该结构修改会使一些行失去其引用的行，已回滚。行数：{count}（{list}）',
    remedy: 'Look which of the changes takes away the rows or keys that those refer to, and correct the rows first',
    remedyZh: '请查明哪项修改移除了被引用的行或键，并先更正这些行',
    values: { count: 3, list: 'portions → products: 3' },
  },
  STRUCTURE_IRREVERSIBLE: {
    kind: 'structure',
    en: 'The plan cannot be undone, and nothing was changed, for nothing undoes: {list}',
    zh: '该计划无法撤销，未做任何修改；以下步骤没有逆操作：{list}',
    remedy: 'Restore a backup, or plan the way back as a change of its own',
    remedyZh: '请恢复备份，或将回退作为一次单独的修改来计划',
    values: { list: 'step 2, drop column products.kcal' },
  },
  STRUCTURE_OPTION: {
    kind: 'declaration',
    en: 'The option structure is not as it should be: {list}',
    zh: '选项 structure 不正确：{list}',
    remedy: "Correct it: structure: { policy: 'safe', allow: ['drop-column products.kcal'] }",
    remedyZh: "请更正，例如 structure: { policy: 'safe', allow: ['drop-column products.kcal'] }",
    values: { list: "allow 'drop-column': it names no object" },
  },
  SEED_INVALID: {
    kind: 'structure',
    en: 'The seeds of {model} are not valid, and none was inserted: {list}',
    zh: '{model} 的默认数据无效，未插入任何数据：{list}',
    remedy: "Correct the rows in the model's seeds",
    remedyZh: '请更正模型 seeds 中的数据行',
    values: { model: 'Food', list: 'row 1, kcal100g: must be at most 1000' },
  },
  SEED_TABLE_MISSING: {
    kind: 'structure',
    en: 'Nothing was seeded, for the database has no {tables}',
    zh: '未插入任何数据：数据库中没有表 {tables}',
    remedy: 'Make the tables first: terrace db sync, or terrace db upgrade',
    remedyZh: '请先建表：terrace db sync 或 terrace db upgrade',
    values: { tables: 'products, brands' },
  },
  SEED_FAILED: {
    kind: 'structure',
    en: 'The seeds of {model} could not be inserted, and none was ({reason})',
    zh: '{model} 的默认数据未能插入（{reason}）',
    remedy: 'Look at the cause; the table is empty still and is seeded at the next start',
    remedyZh: '请查看 cause；该表仍为空，下次启动时会再次插入',
    values: { model: 'Food', reason: 'foreignKey' },
  },
} as const satisfies Record<string, ErrorDefinition>
