import type { ErrorDefinition } from '../terrace-error.ts'

/** Ownership that the database holds too: policies on rows. */
export const rowSecurityErrors = {
  RLS_UNSUPPORTED: {
    kind: 'declaration',
    en: '{product} has no policies on rows, and rowLevelSecurity asks for them',
    zh: '{product} 没有行级策略，而 rowLevelSecurity 要求使用',
    remedy: 'Leave rowLevelSecurity out here: scopes hold all the same; or use an engine that has row-level security',
    values: { product: 'example' },
  },
  RLS_MISSING: {
    kind: 'structure',
    en: 'The database does not hold every row to its owner, and nothing is served. Differences: {count}\n{list}',
    zh: '数据库未将所有行限制给其所有者，已拒绝启动。差异共 {count} 处：\n{list}',
    remedy: 'As the owner of the tables: terrace db policies --apply; then start again',
    values: { count: 1, list: '- products: it has no policy rls_products_all' },
  },
  RLS_BYPASSED: {
    kind: 'structure',
    en: 'The policies on rows do not hold the sessions: {role} {problem}',
    zh: '行级策略对会话不起作用：{role} {problem}',
    remedy: '{remedy}',
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
    values: { role: 'app' },
  },
  RLS_ROWS_HIDDEN: {
    kind: 'structure',
    en: 'Policies would hide rows of {tables} from this work, which has to see every row; nothing was begun',
    zh: '策略会对这项工作隐藏 {tables} 的行，而它必须看到所有行；尚未开始任何操作',
    remedy:
      'Run it as a superuser or a role with BYPASSRLS; where the policies were changed by hand, make them again first: terrace db policies --apply',
    values: { tables: 'products, portions' },
  },
  RLS_REFUSED: {
    kind: 'internal',
    en: 'A policy of the database refused a row of {tables} that the scope of the session had let through',
    zh: '数据库策略拒绝了 {tables} 的一行，而会话的作用域允许了它',
    remedy:
      'Look whether the policies are those of this release: terrace db policies; otherwise report the statement, for one of the two walls has a hole',
    values: { tables: 'products' },
  },
  RLS_NOT_ASKED: {
    kind: 'structure',
    en: 'The database holds rows to their owners by policies, and this one was opened without rowLevelSecurity: no session would see a row',
    zh: '数据库通过策略将行限制给其所有者，但打开时未启用 rowLevelSecurity：任何会话都看不到行',
    remedy: 'Open it with rowLevelSecurity: true, or take the policies away: terrace db policies --drop',
    values: {},
  },
} as const satisfies Record<string, ErrorDefinition>
