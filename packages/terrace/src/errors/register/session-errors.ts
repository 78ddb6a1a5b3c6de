import type { ErrorDefinition } from '../terrace-error.ts'

/** Sessions used against their declared states. */
export const sessionErrors = {
  SCOPE_MISSING: {
    kind: 'misuse',
    en: 'A session needs a scope: {problem}',
    zh: '会话必须带有作用域：{problem}',
    remedy: 'Give actingAs(models.X, key), everyone, or unscoped(reason)',
    remedyZh: '请给出 actingAs(models.X, key)、everyone 或 unscoped(reason)',
    values: { problem: 'got undefined' },
  },
  SESSION_STATE: {
    kind: 'misuse',
    en: '{method} is not allowed in a session that is {state}',
    zh: '会话处于 {state} 状态，不允许 {method}',
    remedy: '{remedy}',
    remedyZh: '{remedy}',
    values: { method: 'run', state: 'closed', remedy: 'Open a session of its own: db.session(scope, work)' },
  },
  SESSION_CONCURRENT: {
    kind: 'misuse',
    en: '{method} was called while {unsettled}: a session does one thing at a time',
    zh: '在 {unsettled} 时调用了 {method}：一个会话同一时间只能做一件事',
    remedy: '{remedy}',
    remedyZh: '请依次 await 每个调用；同一会话上不要使用 Promise.all',
    values: {
      method: 'run',
      unsettled: 'a statement of the same session is unsettled',
      remedy: 'Await each call in turn; no Promise.all on one session',
    },
  },
  SESSION_NESTED_TOP_LEVEL: {
    kind: 'misuse',
    en: 'A session was opened inside the work of another one of the same database',
    zh: '在同一数据库的另一个会话的工作中又打开了顶层会话',
    remedy:
      'Use the session that the work was given (session.nested for a savepoint, session.unscoped for other rows), or start the work in session.afterCommit',
    remedyZh:
      '请使用传入的会话（保存点用 session.nested，其他行用 session.unscoped），或在 session.afterCommit 中开始该工作',
    values: {},
  },
  SESSION_FOREIGN_STATEMENT: {
    kind: 'misuse',
    en: 'A session runs only statements that the compiler of its database made',
    zh: '会话只执行由其数据库编译器生成的语句',
    remedy: 'Build the query with the DAO: select, query, or prepared',
    remedyZh: '请通过 DAO 构建查询：select、query 或 prepared',
    values: {},
  },
  SESSION_FOREIGN: {
    kind: 'misuse',
    en: 'This is not a session that a database opened',
    zh: '这不是由数据库打开的会话',
    remedy: 'Pass on the session that db.session(scope, work) gave to the work',
    remedyZh: '请传递 db.session(scope, work) 交给 work 的会话',
    values: {},
  },
  SESSION_SLOT_MISSING: {
    kind: 'misuse',
    en: 'A statement on {tables} was run without a value for "{slot}"',
    zh: '执行 {tables} 上的语句时缺少 “{slot}” 的值',
    remedy: 'Give a value or null; undefined is neither',
    remedyZh: '请给出一个值或 null；undefined 两者都不是',
    values: { tables: 'products', slot: 'id' },
  },
  SESSION_READ_ONLY: {
    kind: 'misuse',
    en: 'A statement that writes or locks {tables} was run in a read-only session',
    zh: '在只读会话中执行了写入或锁定 {tables} 的语句',
    remedy: 'Open the session without { readOnly: true }',
    remedyZh: '请在打开会话时去掉 { readOnly: true }',
    values: { tables: 'products' },
  },
  SESSION_ISOLATION: {
    kind: 'misuse',
    en: 'Isolation "{isolation}" is not offered by {product}; it offers: {offered}',
    zh: '{product} 不提供隔离级别 “{isolation}”，可用：{offered}',
    remedy: 'Ask for one of those',
    remedyZh: '请使用其中之一',
    values: { isolation: 'serializable', product: 'Example 1.0', offered: 'readCommitted' },
  },
  SESSION_SCOPE_WIDENED: {
    kind: 'misuse',
    en: 'A nested session may narrow its scope, never widen it: {problem}',
    zh: '嵌套会话只能收窄作用域，不能放宽：{problem}',
    remedy: 'Use session.unscoped(reason, work) where rows of others are meant',
    remedyZh: '确实需要他人的行时，请使用 session.unscoped(reason, work)',
    values: { problem: 'the outer session does not act as a User' },
  },
} as const satisfies Record<string, ErrorDefinition>
