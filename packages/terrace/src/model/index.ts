export { actor, memberOf, ownedThrough, shared } from './access.ts'
export type { MemberOfOptions } from './access.ts'
export { graphOf, graphProblems } from './bind-graph.ts'
export type { BoundModel, Graph, GraphOf, Models, Tables } from './bound-model.ts'
export type { AnyColumn, Built, Column, Columns, ColumnSpec, Flag, FormerName, Link } from './column.ts'
export type { ColumnKind, ColumnType, Json } from './column-type.ts'
export {
  array,
  bigint,
  boolean,
  bytes,
  date,
  decimal,
  float,
  identity,
  integer,
  json,
  native,
  oneOf,
  owner,
  reference,
  smallint,
  softDelete,
  text,
  time,
  timestamp,
  timestamps,
  uuid,
  version,
} from './columns.ts'
export type { LinkTo } from './columns.ts'
export type * from './graph-facts.ts'
export { problemAt, refuseProblems } from './check/problem.ts'
export { columnFactsOf } from './column-facts-of.ts'
export { graph } from './graph.ts'
export { isReadByMore } from './is-read-by-more.ts'
export type {
  Include,
  NestedInclude,
  TablesWithInverse,
  InverseColumn,
  ToOneLinks,
  ValidInclude,
  WithIncluded,
} from './include-types.ts'
export { canonicalValue } from './canonical-value.ts'
export { isItemKind } from './is-item-kind.ts'
export { foldCase } from './fold-case.ts'
export {
  checkName,
  foldedName,
  foreignKeyName,
  indexName,
  primaryKeyName,
  shortenName,
  snakeCase,
  uniqueName,
} from './naming.ts'
export { nearestName } from './nearest-name.ts'
export { reservedQueryNames } from './reserved-names.ts'
export { brokenRowRules, rowRuleViolation } from './row-rules.ts'
export { compileValidator, validateRow, validateValue } from './validate.ts'
export { typeCheck } from './validate/type-checks.ts'
export type { RuleViolation, Validator, ViolationCode, WriteMode } from './validate.ts'
export { model } from './model.ts'
export type { ModelOptions } from './model.ts'
export type { AccessSpec, MemberOfSpec, Model, ModelOptionsSpec } from './model-spec.ts'
export type {
  Cell,
  ColumnFlags,
  ColumnsOf,
  ColumnValue,
  Has,
  Insert,
  InsertOf,
  KeyOf,
  Row,
  Update,
  UpdateOf,
  With,
  Without,
} from './row-types.ts'
export type * from './stored.ts'
