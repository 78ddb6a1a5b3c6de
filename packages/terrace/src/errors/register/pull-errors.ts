import type { ErrorDefinition } from '../terrace-error.ts'

/** Models from a database that is there. */
export const pullErrors = {
  PULL_TABLE: {
    kind: 'declaration',
    en: 'The database has no table "{table}" of which a model could be pulled. {hint}',
    zh: '数据库中没有可生成模型的表 "{table}"。{hint}',
    remedy: 'Name tables as the database does, letter case included; views and virtual tables have no models',
    remedyZh: '请使用数据库中的表名（区分大小写）；视图和虚拟表没有模型',
    values: { table: 'product', hint: 'Did you mean "products"?' },
  },
  PULL_EMPTY: {
    kind: 'declaration',
    en: 'There is no table of which a model could be pulled: {list}',
    zh: '没有可生成模型的表：{list}',
    remedy: 'Look whether the URL names the database and schema that you mean, and give tables a primary key',
    remedyZh: '请检查 URL 是否指向正确的数据库和模式，并为表设置主键',
    values: { list: 'table log: it has no primary key, by which a model tells its rows apart' },
  },
} as const satisfies Record<string, ErrorDefinition>
