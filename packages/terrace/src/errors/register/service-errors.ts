import type { ErrorDefinition } from '../terrace-error.ts'

/** Wrong declarations of services. */
export const serviceErrors = {
  SERVICE_DECLARATION: {
    kind: 'declaration',
    en: 'CrudService({model}): {problem}',
    zh: 'CrudService({model})：{problem}',
    remedy: 'Give functions for create, update, delete or restore; what is under another name would guard nothing',
    remedyZh: '请只为 create、update、delete 或 restore 提供函数；其他名称不会起任何保护作用',
    values: { model: 'Product', problem: 'policies.remove guards no operation' },
  },
} as const satisfies Record<string, ErrorDefinition>
