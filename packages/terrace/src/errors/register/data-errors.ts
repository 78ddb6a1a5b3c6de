import type { ErrorDefinition } from '../terrace-error.ts'

/** Outcomes of reading and writing rows. */
export const dataErrors = {
  NOT_FOUND: {
    kind: 'notFound',
    en: '{model} not found',
    zh: '未找到 {model}',
    remedy: 'Check the id; a row that belongs to somebody else is answered in the same way',
    values: { model: 'Product' },
  },
  FORBIDDEN: {
    kind: 'permission',
    en: '{model} may not be changed by this actor',
    zh: '当前用户无权修改 {model}',
    remedy: 'Act as its owner',
    values: { model: 'Product' },
  },
  UNIQUE: {
    kind: 'conflict',
    en: 'A {model} with the same {fields} exists',
    zh: '已存在 {fields} 相同的 {model}',
    remedy: 'Choose another value or change the existing row',
    values: { model: 'Product', fields: 'name' },
  },
  VALIDATION: {
    kind: 'validation',
    en: 'Validation error',
    zh: '数据校验失败',
    remedy: 'Correct the listed values',
    values: {},
  },
  RESPONSE_MISMATCH: {
    kind: 'internal',
    en: 'A row does not fit its shape {shape}: {property} is {found}',
    zh: '数据行与输出结构 {shape} 不符：{property} 为 {found}',
    remedy: 'Return the whole row from the DAO, or make the column nullable',
    values: { shape: 'Product', property: 'name', found: 'undefined' },
  },
} as const satisfies Record<string, ErrorDefinition>
