export { Dao, ModelDao } from './dao.ts'
export type { DaoClass, Executable, Outcome } from './dao.ts'
export type {
  AllOptions,
  ColumnName,
  CountOptions,
  Deleted,
  FindOptions,
  Listing,
  ListOperators,
  ListOptions,
  ListPosition,
  NoInclude,
  NullOperator,
  OrderOperators,
  PageOptions,
  PurgeCursor,
  Purged,
  PurgeOptions,
  ReadOptions,
  RowOf,
  SortTerm,
  RowVersion,
  TextOperators,
  UniqueWhere,
  UpsertOptions,
  ValueOperators,
  VersionOptions,
  Where,
} from './dao-types.ts'
export { countWhere, greatest, least } from './helpers/choices.ts'
export { clockMicros, datePart, dateTrunc } from './helpers/dates.ts'
export { jsonArrayFrom, jsonObjectFrom } from './helpers/json-from.ts'
export type { NestedQuery } from './helpers/json-from.ts'
export { jsonPath } from './helpers/json-path.ts'
export { ceil, floor, round } from './helpers/numbers.ts'
export { concat, contains, endsWith, search, startsWith, textLength } from './helpers/texts.ts'
export { every, none, some } from './related.ts'
export type { Quantifier, RelatedBy, RelatedRows, RelatedTo } from './related-types.ts'
export { mergeOwners } from './merge-owners.ts'
export type { MergeReport, MergeRule, OwnerMergePlan } from './merge-owners.ts'
export type { GraphQuery, ModelQuery, QueryTable, QueryTables } from './query-tables.ts'
export { referenceMissing } from './reference-missing.ts'
export type { QueryOptions } from './run-query.ts'
