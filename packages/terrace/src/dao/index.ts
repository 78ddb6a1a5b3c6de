export { Dao, ModelDao } from './dao.ts'
export type { DaoClass, Executable, Outcome } from './dao.ts'
export type {
  AllOptions,
  ColumnName,
  CountOptions,
  Deleted,
  FindOptions,
  Listing,
  ListOptions,
  NoInclude,
  NullOperator,
  OrderOperators,
  PageOptions,
  ReadOptions,
  RowOf,
  SortTerm,
  TextOperators,
  UniqueWhere,
  UpsertOptions,
  ValueOperators,
  Where,
} from './dao-types.ts'
export type { GraphQuery, ModelQuery, QueryTable, QueryTables } from './query-tables.ts'
export { referenceMissing } from './reference-missing.ts'
export type { QueryOptions } from './run-query.ts'
