import type { ErrorValues } from '../terrace-error.ts'

/** How one broken rule is said. `{name}` is replaced by the value of that name. */
export interface IssueTextDefinition {
  /** The rule's code, which several texts may share. */
  readonly code: string
  readonly en: string
  readonly zh: string
  /** An example of each value the texts use; the types of the values follow from it. */
  readonly values: ErrorValues
}

/** Every text that Terrace itself says of a single value: what follows its name in a sentence. */
export const issueTexts = {
  required: { code: 'REQUIRED', en: 'is required', zh: '为必填项', values: {} },
  notNull: { code: 'NULL', en: 'must not be null', zh: '不能为 null', values: {} },
  notNullHere: { code: 'NULL', en: 'must not be null here', zh: '此处不能为 null', values: {} },
  notUndefined: {
    code: 'TYPE',
    en: 'must not be undefined: leave it out',
    zh: '不能为 undefined：请省略该字段',
    values: {},
  },

  unknown: { code: 'UNKNOWN', en: 'is not known here', zh: '是未知名称', values: {} },
  unknownNear: {
    code: 'UNKNOWN',
    en: 'is not known here; did you mean {nearest}?',
    zh: '是未知名称；是否指 {nearest}？',
    values: { nearest: 'kcal100g' },
  },
  unknownAmong: {
    code: 'UNKNOWN',
    en: 'is not known here; known: {known}',
    zh: '是未知名称；可用：{known}',
    values: { known: 'name, kcal100g' },
  },
  namesUnknown: {
    code: 'UNKNOWN',
    en: 'names a {what} that is not known here; known: {known}',
    zh: '含有未知的名称（{what}）；可用：{known}',
    values: { what: 'column', known: 'name, kcal100g' },
  },
  noColumn: { code: 'UNKNOWN', en: 'is no column of {model}', zh: '不是 {model} 的列', values: { model: 'Product' } },
  noColumnNear: {
    code: 'UNKNOWN',
    en: 'is no column of {model}; did you mean {nearest}?',
    zh: '不是 {model} 的列；是否指 {nearest}？',
    values: { model: 'Product', nearest: 'kcal100g' },
  },

  writtenByTerrace: { code: 'READ_ONLY', en: 'is written by Terrace only', zh: '由系统写入，不可指定', values: {} },
  nativeType: {
    code: 'READ_ONLY',
    en: "is of the database's own type {type}, which is only read",
    zh: '是数据库自有类型 {type}，只能读取',
    values: { type: 'tsvector' },
  },
  setOnce: { code: 'IMMUTABLE', en: 'is set once, on create', zh: '只能在创建时设置', values: {} },

  ofType: {
    code: 'TYPE',
    en: 'must be a value of type {type}',
    zh: '必须是 {type} 类型的值',
    values: { type: 'json' },
  },
  object: { code: 'TYPE', en: 'must be an object', zh: '必须是对象', values: {} },
  array: { code: 'TYPE', en: 'must be an array', zh: '必须是数组', values: {} },
  string: { code: 'TYPE', en: 'must be a string', zh: '必须是字符串', values: {} },
  boolean: { code: 'TYPE', en: 'must be true or false', zh: '必须是 true 或 false', values: {} },
  bytes: { code: 'TYPE', en: 'must be a Uint8Array', zh: '必须是 Uint8Array', values: {} },
  wholeNumber: { code: 'TYPE', en: 'must be a whole number', zh: '必须是整数', values: {} },
  bigint: { code: 'TYPE', en: 'must be a bigint', zh: '必须是 bigint', values: {} },
  finiteNumber: { code: 'TYPE', en: 'must be a finite number', zh: '必须是有限数值', values: {} },
  decimal: {
    code: 'TYPE',
    en: 'must be a decimal number as a string, like "12.50"',
    zh: '必须是字符串形式的十进制数，例如 "12.50"',
    values: {},
  },
  uuid: {
    code: 'TYPE',
    en: 'must be a UUID in lower case, like 0190b3c4-5d6e-7f80-9a1b-2c3d4e5f6071',
    zh: '必须是小写的 UUID，例如 0190b3c4-5d6e-7f80-9a1b-2c3d4e5f6071',
    values: {},
  },
  validDate: { code: 'TYPE', en: 'must be a valid Date', zh: '必须是有效的 Date', values: {} },
  instant: {
    code: 'TYPE',
    en: 'must be an RFC 3339 instant with its offset',
    zh: '必须是带时区偏移的 RFC 3339 时间',
    values: {},
  },
  instantInUtc: {
    code: 'TYPE',
    en: 'must be an instant in UTC, like 2026-07-30T08:15:00.123456Z',
    zh: '必须是 UTC 时间，例如 2026-07-30T08:15:00.123456Z',
    values: {},
  },
  calendarDate: {
    code: 'TYPE',
    en: 'must be a calendar date, like 2026-07-30',
    zh: '必须是日期，例如 2026-07-30',
    values: {},
  },
  timeOfDay: {
    code: 'TYPE',
    en: 'must be a time of day, like 08:15:00',
    zh: '必须是一天中的时间，例如 08:15:00',
    values: {},
  },
  json: {
    code: 'TYPE',
    en: 'must be JSON: a string, finite number, boolean, null, array or plain object',
    zh: '必须是 JSON：字符串、有限数值、布尔值、null、数组或普通对象',
    values: {},
  },

  between: {
    code: 'RANGE',
    en: 'must be from {min} to {max}',
    zh: '必须在 {min} 到 {max} 之间',
    values: { min: '0', max: '1000' },
  },
  atLeast: { code: 'RANGE', en: 'must be at least {min}', zh: '不能小于 {min}', values: { min: '0' } },
  atMost: { code: 'RANGE', en: 'must be at most {max}', zh: '不能大于 {max}', values: { max: '1000' } },
  moreThan: { code: 'RANGE', en: 'must be more than {min}', zh: '必须大于 {min}', values: { min: '0' } },
  lessThan: { code: 'RANGE', en: 'must be less than {max}', zh: '必须小于 {max}', values: { max: '1000' } },
  multipleOf: { code: 'RANGE', en: 'must be a multiple of {step}', zh: '必须是 {step} 的倍数', values: { step: '5' } },
  years: { code: 'RANGE', en: 'must be in the years 0001 to 9999', zh: '年份必须在 0001 到 9999 之间', values: {} },
  beyondRow: {
    code: 'RANGE',
    en: 'goes beyond row {row}; read on by a filter',
    zh: '超出第 {row} 行；请改用筛选条件继续读取',
    values: { row: '10000' },
  },

  rowsBelow: {
    code: 'TOO_MANY',
    en: 'leads to more than {most} rows below one that is created',
    zh: '一次创建的下级行超过 {most} 行',
    values: { most: 500 },
  },
  longCursor: {
    code: 'LENGTH',
    en: 'leads to a place that is too long for a cursor; sort by shorter columns, or page by offset',
    zh: '所在位置的值过长，无法写成游标；请按较短的列排序，或改用 offset 分页',
    values: {},
  },
  lengthBetween: {
    code: 'LENGTH',
    en: 'must have from {min} to {max} characters',
    zh: '长度必须为 {min} 到 {max} 个字符',
    values: { min: '1', max: '100' },
  },
  lengthAtLeast: {
    code: 'LENGTH',
    en: 'must have at least {min} characters',
    zh: '至少 {min} 个字符',
    values: { min: '1' },
  },
  lengthAtMost: {
    code: 'LENGTH',
    en: 'must have at most {max} characters',
    zh: '最多 {max} 个字符',
    values: { max: '100' },
  },
  foldedLength: {
    code: 'LENGTH',
    en: 'must have at most {max} characters when written without case and ligatures',
    zh: '去除大小写和连字后最多 {max} 个字符',
    values: { max: '100' },
  },
  itemsAtLeast: { code: 'LENGTH', en: 'must have at least {min} items', zh: '至少 {min} 项', values: { min: '1' } },
  itemsAtMost: { code: 'LENGTH', en: 'must have at most {max} items', zh: '最多 {max} 项', values: { max: '100' } },

  oneOf: {
    code: 'ONE_OF',
    en: 'must be one of {values}',
    zh: '必须是以下之一：{values}',
    values: { values: '"a", "b"' },
  },
  pattern: { code: 'PATTERN', en: 'must match {pattern}', zh: '必须匹配 {pattern}', values: { pattern: '/^[a-z]+$/' } },
  email: { code: 'EMAIL', en: 'must be an e-mail address', zh: '必须是邮箱地址', values: {} },
  format: {
    code: 'FORMAT',
    en: 'must be of the format {format}',
    zh: '必须符合格式 {format}',
    values: { format: 'uri' },
  },
  precision: {
    code: 'PRECISION',
    en: 'must have at most {whole} digits before the point and {fraction} after it',
    zh: '小数点前最多 {whole} 位，小数点后最多 {fraction} 位',
    values: { whole: 6, fraction: 2 },
  },
  zeroCharacter: { code: 'TEXT', en: 'must not contain U+0000', zh: '不能包含 U+0000', values: {} },
  halfSurrogate: {
    code: 'TEXT',
    en: 'must not contain half of a surrogate pair',
    zh: '不能包含不完整的代理对',
    values: {},
  },
  badKey: {
    code: 'TEXT',
    en: 'must not have a key with U+0000 or half of a surrogate pair',
    zh: '键名不能包含 U+0000 或不完整的代理对',
    values: {},
  },
  tooDeep: {
    code: 'DEPTH',
    en: 'must be nested at most {levels} levels deep',
    zh: '嵌套最多 {levels} 层',
    values: { levels: 30 },
  },
  relationsDeep: {
    code: 'DEPTH',
    en: 'may go {levels} relations deep',
    zh: '关联最多 {levels} 层',
    values: { levels: 3 },
  },

  reference: {
    code: 'REFERENCE',
    en: 'refers to a {target} that does not exist',
    zh: '引用的 {target} 不存在',
    values: { target: 'Product' },
  },
  partOfReference: {
    code: 'REFERENCE',
    en: 'is a part of a reference: give {missing} too',
    zh: '是引用的一部分：请同时提供 {missing}',
    values: { missing: 'shelfNo' },
  },

  taken: { code: 'UNIQUE', en: 'is taken', zh: '已被占用', values: {} },
  tooLong: { code: 'LENGTH', en: 'is too long', zh: '过长', values: {} },
  outsideColumn: { code: 'RANGE', en: 'is outside the range of its column', zh: '超出该列的范围', values: {} },
  notOfColumn: { code: 'TYPE', en: 'is not a value of its column', zh: '不是该列的值', values: {} },
  breaksRule: { code: 'CHECK', en: 'breaks a rule of its table', zh: '违反了数据表的规则', values: {} },

  groupsDeep: {
    code: 'DEPTH',
    en: 'may go {levels} groups deep',
    zh: '条件组最多 {levels} 层',
    values: { levels: 3 },
  },
  relatedConditions: {
    code: 'TOO_MANY',
    en: 'asks more than {most} relations',
    zh: '涉及的关联超过 {most} 个',
    values: { most: 20 },
  },
  searchWords: {
    code: 'TOO_MANY',
    en: 'may hold {most} words',
    zh: '最多包含 {most} 个词',
    values: { most: 10 },
  },
  conditions: {
    code: 'TOO_MANY',
    en: 'has {count} conditions; at most {most} are taken',
    zh: '有 {count} 个条件；最多 {most} 个',
    values: { count: 120, most: 100 },
  },
  ownerRequired: {
    code: 'REQUIRED',
    en: 'is required: the session acts for no owner',
    zh: '为必填项：当前会话不代表任何所有者',
    values: {},
  },
  ownerOnly: { code: 'OWNER', en: 'must be the key of the actor', zh: '必须是当前操作者的主键', values: {} },

  givenOnce: { code: 'REPEATED', en: 'may be given once', zh: '只能出现一次', values: {} },
  namedOnce: {
    code: 'REPEATED',
    en: 'may name each {what} once',
    zh: '同一名称只能出现一次（{what}）',
    values: { what: 'column' },
  },
  sameRow: {
    code: 'REPEATED',
    en: 'names the same row as item {first}',
    zh: '与第 {first} 项指向同一行',
    values: { first: 0 },
  },
  distinctItems: { code: 'REPEATED', en: 'must not have the same item twice', zh: '不能有重复项', values: {} },
  givenTimes: { code: 'TOO_MANY', en: 'may be given {most} times', zh: '最多出现 {most} 次', values: { most: 100 } },
  namesAtMost: {
    code: 'TOO_MANY',
    en: 'may name {most} relations',
    zh: '最多包含 {most} 个关联',
    values: { most: 20 },
  },
  rowsIncluded: {
    code: 'TOO_MANY',
    en: 'leads to more than {most} included rows in one answer',
    zh: '一次回答中包含的关联行超过 {most} 行',
    values: { most: 10_000 },
  },
  notTogether: {
    code: 'EXCLUSIVE',
    en: 'may not be given with {others}',
    zh: '不能与 {others} 同时提供',
    values: { others: 'page or pageSize' },
  },
  oneVariant: {
    code: 'REQUIRED',
    en: 'is required; give one of: {choices}',
    zh: '为必填项；请提供以下任一组：{choices}',
    values: { choices: 'productId + grams | foodId + grams' },
  },
  exactlyOne: {
    code: 'EXACTLY_ONE',
    en: 'exactly one of {names} must be given',
    zh: '{names} 必须且只能提供一个',
    values: { names: 'productId, foodId' },
  },
  atLeastOne: {
    code: 'AT_LEAST_ONE',
    en: 'at least one of {names} must be given',
    zh: '{names} 至少提供一个',
    values: { names: 'productId, foodId' },
  },

  misfit: { code: 'SCHEMA', en: 'does not fit the schema', zh: '不符合数据结构', values: {} },
} as const satisfies Record<string, IssueTextDefinition>
