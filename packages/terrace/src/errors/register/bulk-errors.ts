import type { RegisteredDefinition } from '../terrace-error.ts'

/** Many rows at once, and rows with others below them. */
export const bulkErrors = {
  BULK_REFUSED: {
    kind: 'validation',
    en: 'Refused {refused} of {total} items, so nothing was stored',
    zh: '{total} 项中有 {refused} 项被拒绝，因此未保存任何内容',
    remedy: 'Correct the items that the errors name, and send all of them again',
    remedyZh: '请更正 errors 中列出的项，然后重新发送全部内容',
    values: { refused: 1, total: 20 },
  },
  NESTED_DECLARATION: {
    kind: 'declaration',
    en: 'CrudService({model}): {problem}',
    zh: 'CrudService({model})：{problem}',
    remedy:
      'Name lists of children by the inverses of their references, each with its service, at most three levels deep',
    remedyZh: '请以引用的反向名称声明子行列表并给出各自的服务，最多三层',
    values: { model: 'Product', problem: 'nested.pieces is no inverse that Portion declares' },
  },
} as const satisfies Record<string, RegisteredDefinition>
