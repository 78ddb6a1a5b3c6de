import type { ErrorDefinition } from '../terrace-error.ts'

/** Rows on their way from one database to another. */
export const moveErrors = {
  MOVE_OPTION: {
    kind: 'declaration',
    en: 'The options of the move are not as they should be: {list}',
    zh: '移动数据库的选项不正确：{list}',
    remedy: 'Correct them and run the move again',
    remedyZh: '请更正后重新运行',
    values: { list: "leaveBehind 'logs': the source has no such table or column that no model declares" },
  },
  MOVE_SOURCE_DIFFERS: {
    kind: 'structure',
    en: 'The source is not what the models say, and nothing was moved. Differences: {count}\n{list}',
    zh: '源数据库与模型有 {count} 处不一致，未移动任何数据：\n{list}',
    remedy:
      'Bring the source in line, by a start or a revision, or declare the models as it is; then run the move again',
    remedyZh: '请先使源数据库与模型一致（启动一次或执行迁移），或按其实际结构声明模型，然后重新运行',
    values: { count: 1, list: '- column products.name: is missing' },
  },
  MOVE_UNDECLARED: {
    kind: 'structure',
    en: 'The source has what no model declares, and nothing was moved: {list}',
    zh: '源数据库中有模型未声明的内容，未移动任何数据：{list}',
    remedy:
      'Declare it, as pulling models from the source does; or, to leave it in the source alone, name it in leaveBehind: {names}',
    remedyZh: '请在模型中声明（可从源数据库拉取模型），或在 leaveBehind 中列出以仅留在源数据库：{names}',
    values: { list: 'table log, column products.kcal', names: "['log', 'products.kcal']" },
  },
  MOVE_NATIVE: {
    kind: 'structure',
    en: 'Columns of native types have values that the other engine has no type for, and nothing was moved: {list}',
    zh: '以下原生类型的列含有另一数据库引擎无对应类型的值，未移动任何数据：{list}',
    remedy: 'Declare them with a portable type, or name them in leaveBehind: {names}',
    remedyZh: '请改用可移植的类型声明，或在 leaveBehind 中列出：{names}',
    values: { list: 'documents.words (tsvector)', names: "['documents.words']" },
  },
  MOVE_TARGET_NOT_EMPTY: {
    kind: 'structure',
    en: 'The target already has what the move would make, and nothing was moved: {list}',
    zh: '目标数据库中已存在将要创建的对象，未移动任何数据：{list}',
    remedy: 'Move into an empty database',
    remedyZh: '请移动到一个空数据库',
    values: { list: 'products, portions' },
  },
  MOVE_OTHER: {
    kind: 'structure',
    en: 'The target holds an unfinished move of {what}, and nothing was moved',
    zh: '目标数据库中有另一次未完成的移动（{what}），未移动任何数据',
    remedy: 'Finish that one with what it was begun with; or begin again in an empty database',
    remedyZh: '请用当初的参数完成它，或在一个空数据库中重新开始',
    values: { what: 'other models' },
  },
  MOVE_CONFLICT: {
    kind: 'conflict',
    en: 'Another process moves into the same target at the same time, as table {table} shows',
    zh: '另一个进程正在同时向同一目标数据库移动数据（见表 {table}）',
    remedy: 'Let it end, and run the move again: it goes on where the other one stopped, or finds everything done',
    remedyZh: '请等待其结束后重新运行：会从停止处继续，或发现已全部完成',
    values: { table: 'products' },
  },
  MOVE_VALUE: {
    kind: 'validation',
    en: 'The row of table {table} with the key {key} cannot be moved, for its {column}: {reason}',
    zh: '表 {table} 中键为 {key} 的行无法移动，{column}：{reason}',
    remedy:
      'Correct the row in the source and run the move again, which goes on with it; or declare the column as what it has, and begin again in an empty database',
    remedyZh: '请在源数据库中更正该行后重新运行（会从该行继续）；或按实际内容声明该列，并在一个空数据库中重新开始',
    values: { table: 'products', key: '(17)', column: 'column name', reason: 'must not contain U+0000' },
  },
  MOVE_STOPPED: {
    kind: 'unavailable',
    en: 'The target does not take rows into table {table} any more ({reason})',
    zh: '目标数据库无法继续写入表 {table}（{reason}）',
    remedy:
      "Look at the cause, which has the database's own words; then run the move again, which goes on where it stopped",
    remedyZh: '原因中有数据库自己的说明；处理后重新运行，会从停止处继续',
    values: { table: 'products', reason: 'diskFull' },
  },
  MOVE_DIFFERS: {
    kind: 'conflict',
    en: 'Every row was copied, and yet source and target differ: {list}',
    zh: '所有行均已复制，但源与目标仍不一致：{list}',
    remedy:
      'Somebody wrote to one of them after the move had begun: stop writers, and move again into an empty database',
    remedyZh: '移动开始后有人写入了其中一个数据库：请停止写入，并重新移动到一个空数据库',
    values: { list: 'products: 120 rows and 119 rows' },
  },
  MOVE_UNFINISHED: {
    kind: 'structure',
    en: 'Rows are still being moved into this database, or their move was interrupted: it is not to be used yet',
    zh: '仍在向该数据库移动数据，或移动被中断：该数据库尚不能使用',
    remedy: 'Run the move again, which goes on where it stopped; or begin again in an empty database',
    remedyZh: '请重新运行移动（会从停止处继续），或在一个空数据库中重新开始',
    values: {},
  },
} as const satisfies Record<string, ErrorDefinition>
