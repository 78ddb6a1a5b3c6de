import type { RegisteredDefinition } from '../terrace-error.ts'

/** Lists that are read on from a position. */
export const pageErrors = {
  DAO_POSITION: {
    kind: 'misuse',
    en: 'The list of {model} cannot go on from this position: {problem}',
    zh: '{model} 的列表无法从该位置继续：{problem}',
    remedy: 'Give what `next` of the list before was, with the same sort, and a page of a limit alone',
    remedyZh: '请传入上一次列表的 `next`，保持相同的 sort，分页只使用 limit',
    values: { model: 'Product', problem: 'it has no createdAt' },
  },
  CURSOR_INVALID: {
    kind: 'malformed',
    en: 'The cursor belongs to no such list',
    zh: '游标不属于该列表',
    remedy:
      'Begin again with an empty cursor, and keep the path, the sort, the filters and the caller while following it',
    remedyZh: '请用空游标重新开始，并在翻页期间保持路径、排序、筛选条件和调用者不变',
    values: {},
  },
} as const satisfies Record<string, RegisteredDefinition>
