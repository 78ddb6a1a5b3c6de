import type { ErrorDefinition } from '../terrace-error.ts'

/** Limits of what callers may do, and what is kept of them. */
export const abuseErrors = {
  QUOTA_EXCEEDED: {
    kind: 'unavailable',
    en: 'More than {max} requests within {seconds} seconds',
    zh: '{seconds} 秒内的请求超过 {max} 次',
    remedy: 'Wait as many seconds as the header retry-after says, or ask for a larger quota',
    remedyZh: '请等待 retry-after 头所示的秒数，或申请更高的配额',
    values: { max: 10_000, seconds: 86_400 },
  },
  TOO_MANY_ATTEMPTS: {
    kind: 'unavailable',
    en: 'Too many attempts to log in',
    zh: '登录尝试次数过多',
    remedy: 'Wait as many seconds as the header retry-after says; a password that was forgotten can be reset meanwhile',
    remedyZh: '请等待 retry-after 头所示的秒数；其间可以重置忘记的密码',
    values: {},
  },
  RATE_STORE_UNAVAILABLE: {
    kind: 'unavailable',
    en: 'Requests cannot be counted at the moment',
    zh: '暂时无法统计请求次数',
    remedy:
      "Try again in a moment; whoever runs the server looks why Redis does not answer, or chooses onFailure: 'allow'",
    remedyZh: "请稍后重试；服务器运维人员应检查 Redis 为何没有响应，或选择 onFailure: 'allow'",
    values: {},
  },
  SESSION_BEGUN: {
    kind: 'misuse',
    en: 'session.beforehand() was called when its session had a connection already',
    zh: '会话已占用数据库连接后又调用了 session.beforehand()',
    remedy: 'Call it before the first statement of the session: count an attempt before the row is read',
    remedyZh: '请在会话执行第一条语句之前调用：先统计尝试次数，再读取行',
    values: {},
  },
  API_KEY_SCOPES: {
    kind: 'permission',
    en: 'The key was to have scopes that its owner has not: {scopes}',
    zh: '密钥申请了其所有者没有的权限范围：{scopes}',
    remedy: 'Leave them out; a key can do no more than whoever it belongs to',
    remedyZh: '请去掉这些权限范围；密钥的权限不能超过其所有者',
    values: { scopes: 'admin' },
  },
  OWNER_MERGE_CONFLICT: {
    kind: 'conflict',
    en: '{count} rows of {model} cannot change their owner: their new owner has rows of the same {fields}',
    zh: '{model} 的 {count} 行无法更换所有者：新所有者已有相同 {fields} 的行',
    remedy:
      "Remove or rename the rows of one side, or declare what becomes of them: conflicts: 'keepTarget' or 'keepSource'",
    remedyZh: "请删除或重命名其中一方的行，或声明处理方式：conflicts: 'keepTarget' 或 'keepSource'",
    values: { model: 'Product', count: 2, fields: 'name' },
  },
  DOCTOR_FINDINGS: {
    kind: 'structure',
    en: '{count} findings stand against {what}:\n{list}',
    zh: '{what} 存在 {count} 个问题：\n{list}',
    remedy: 'Correct each as it says, and run the command again',
    remedyZh: '请按提示逐项修正，然后重新运行该命令',
    values: {
      count: 1,
      what: 'running in production',
      list: '- SECRET_DEFAULT in settings: APP_SECRET has its default',
    },
  },
} as const satisfies Record<string, ErrorDefinition>
