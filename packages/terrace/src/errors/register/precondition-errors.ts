import type { RegisteredDefinition } from '../terrace-error.ts'

/** What must hold before a row is changed, and requests that may be sent twice. */
export const preconditionErrors = {
  VERSION_MISMATCH: {
    kind: 'conflict',
    en: 'The {model} was changed since it was read',
    zh: '{model} 在读取之后已被修改',
    remedy: 'Read it again, and decide anew what to change',
    remedyZh: '请重新读取，再决定如何修改',
    values: { model: 'Product' },
  },
  DAO_VERSION: {
    kind: 'misuse',
    en: 'The version of {model} is a whole number, and {given} was given',
    zh: '{model} 的版本是整数，但得到的是 {given}',
    remedy: 'Give the version of the row that was read',
    remedyZh: '请传入所读取数据行的版本',
    values: { model: 'Product', given: 'string' },
  },
} as const satisfies Record<string, RegisteredDefinition>
