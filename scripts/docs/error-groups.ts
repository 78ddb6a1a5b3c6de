/** The titles of the files in `errors/register/`, in the order of the page: a file more needs one here. */
export const errorGroups: Readonly<Record<string, GroupTitle>> = {
  'request-errors': { en: 'Requests', zh: '请求' },
  'data-errors': { en: 'Rows', zh: '数据行' },
  'user-errors': { en: 'Users and tokens', zh: '用户与令牌' },
  'abuse-errors': { en: 'Limits and keys', zh: '限流与密钥' },
  'precondition-errors': { en: 'Preconditions and repeated requests', zh: '前置条件与重复请求' },
  'page-errors': { en: 'Pages of lists', zh: '列表分页' },
  'bulk-errors': { en: 'Many rows at once', zh: '批量操作' },
  'service-errors': { en: 'Services and policies', zh: '服务与策略' },
  'remote-errors': { en: 'Remote sources', zh: '远程数据源' },
  'database-errors': { en: 'The database', zh: '数据库' },
  'declaration-errors': { en: 'Declarations and settings', zh: '声明与配置' },
  'shape-errors': { en: 'Shapes', zh: '数据结构' },
  'session-errors': { en: 'Sessions', zh: '会话' },
  'scope-errors': { en: 'Scope', zh: '作用域' },
  'row-security-errors': { en: 'Row-level security', zh: '行级安全' },
  'structure-errors': { en: 'Following the models', zh: '数据库结构' },
  'migration-errors': { en: 'Migrations', zh: '迁移' },
  'backup-errors': { en: 'Backup and restore', zh: '备份与恢复' },
  'move-errors': { en: 'Moving a database', zh: '移动数据库' },
  'pull-errors': { en: 'Pulling models', zh: '拉取模型' },
  'cli-errors': { en: 'The command line', zh: '命令行' },
  'contract-errors': { en: 'Documents and clients', zh: '接口文档与客户端' },
  'check-errors': { en: 'Checks of the source', zh: '源代码检查' },
  'document-errors': { en: 'Checks of answers', zh: '响应检查' },
}

export interface GroupTitle {
  readonly en: string
  readonly zh: string
}
