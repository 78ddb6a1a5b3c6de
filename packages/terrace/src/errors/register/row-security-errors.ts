import type { ErrorDefinition } from '../terrace-error.ts'

/** Ownership that the database holds too: policies on rows. */
export const rowSecurityErrors = {
  RLS_UNSUPPORTED: {
    kind: 'declaration',
    en: '{product} has no policies on rows, and rowLevelSecurity asks for them',
    zh: '{product} 没有行级策略，而 rowLevelSecurity 要求使用',
    remedy: 'Leave rowLevelSecurity out here: scopes hold all the same; or use an engine that has row-level security',
    remedyZh: '请在此处去掉 rowLevelSecurity，作用域仍然有效；或换用支持行级安全的数据库',
    values: { product: 'example' },
  },
  RLS_MISSING: {
    kind: 'structure',
    en: 'The database does not hold every row to its owner, and nothing is served. Differences: {count}\n{list}',
    zh: '数据库未将所有行限制给其所有者，已拒绝启动。差异共 {count} 处：\n{list}',
    remedy: 'As the owner of the tables: terrace db policies --apply; then start again',
    remedyZh: '请以表所有者的身份执行 terrace db policies --apply，然后重新启动',
    values: { count: 1, list: '- products: it has no policy rls_products_all' },
  },
  RLS_BYPASSED: {
    kind: 'structure',
    en: 'The policies on rows do not hold the sessions: {role} {problem}',
    zh: '行级策略对会话不起作用：{role} {problem}',
    remedy: '{remedy}',
    remedyZh: '{remedy}',
    values: {
      role: 'admin',
      problem: 'is a superuser, whom no policy holds',
      remedy: 'Name another in rowLevelSecurity: { role }',
    },
  },
  RLS_ROLE: {
    kind: 'structure',
    en: 'Sessions cannot become the role {role} that rowLevelSecurity names',
    zh: '会话无法切换到 rowLevelSecurity 指定的角色 {role}',
    remedy: 'Create it, and let the role that connects become it: grant {role} to <user>',
    remedyZh: '请创建该角色，并允许连接用户切换到它：grant {role} to <user>',
    values: { role: 'app' },
  },
  RLS_ROWS_HIDDEN: {
    kind: 'structure',
    en: 'Policies would hide rows of {tables} from this work, which has to see every row; nothing was begun',
    zh: '策略会对这项工作隐藏 {tables} 的行，而它必须看到所有行；尚未开始任何操作',
    remedy:
      'Run it as a superuser or a role with BYPASSRLS; where the policies were changed by hand, make them again first: terrace db policies --apply',
    remedyZh: '请以超级用户或具有 BYPASSRLS 的角色执行；若策略曾被手动更改，请先重新建立：terrace db policies --apply',
    values: { tables: 'products, portions' },
  },
  RLS_REFUSED: {
    kind: 'internal',
    en: 'A policy of the database refused a row of {tables} that the scope of the session had let through',
    zh: '数据库策略拒绝了 {tables} 的一行，而会话的作用域允许了它',
    remedy:
      'Look whether the policies are those of this release: terrace db policies; otherwise report the statement, for one of the two walls has a hole',
    remedyZh: '请用 terrace db policies 检查策略是否属于当前版本；若是，请报告该语句，因为两道防线中有一道存在漏洞',
    values: { tables: 'products' },
  },
  RLS_NOT_ASKED: {
    kind: 'structure',
    en: 'The database holds rows to their owners by policies, and this one was opened without rowLevelSecurity: no session would see a row',
    zh: '数据库通过策略将行限制给其所有者，但打开时未启用 rowLevelSecurity：任何会话都看不到行',
    remedy: 'Open it with rowLevelSecurity: true, or take the policies away: terrace db policies --drop',
    remedyZh: '请以 rowLevelSecurity: true 打开，或移除策略：terrace db policies --drop',
    values: {},
  },
} as const satisfies Record<string, ErrorDefinition>
