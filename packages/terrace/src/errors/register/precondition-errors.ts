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
  PRECONDITION_MALFORMED: {
    kind: 'malformed',
    en: 'The header {header} is no list of entity tags',
    zh: '请求头 {header} 不是实体标签列表',
    remedy: 'Send the ETag of an earlier answer as it is, with its quotes, several of them with commas between, or *',
    remedyZh: '请原样发送先前响应的 ETag（包括引号），多个用逗号分隔，或发送 *',
    values: { header: 'if-match' },
  },
  PRECONDITION_FAILED: {
    kind: 'conflict',
    en: 'It was changed since it was read, or is not as the request expects',
    zh: '内容在读取之后已被修改，或与请求的预期不符',
    remedy: 'Read it again, decide anew, and send the ETag of that answer as if-match',
    remedyZh: '请重新读取并再次决定，然后以新响应的 ETag 作为 if-match 发送',
    values: {},
  },
  PRECONDITION_REQUIRED: {
    kind: 'conflict',
    en: 'The request must say which state it changes, by the header if-match',
    zh: '请求必须通过请求头 if-match 说明所修改的状态',
    remedy: 'Read it, and send the ETag of that answer as if-match',
    remedyZh: '请先读取，再以该响应的 ETag 作为 if-match 发送',
    values: {},
  },
  PRECONDITION_UNSUPPORTED: {
    kind: 'malformed',
    en: 'What this changes has no version that a condition could be held against',
    zh: '所修改的内容没有版本，无法核对条件',
    remedy: 'Leave if-match and if-none-match out, or give the model a version()',
    remedyZh: '请去掉 if-match 和 if-none-match，或为模型添加 version()',
    values: {},
  },
  PRECONDITION_DROPPED: {
    kind: 'misuse',
    en: '{where} did not ask for the state that the request expects',
    zh: '{where} 没有核对请求所预期的状态',
    remedy: 'Pass the options that an overridden method is given on to super, or to the DAO',
    remedyZh: '请把被重写方法得到的选项传给 super 或 DAO',
    values: { where: 'PATCH /products/:id' },
  },
} as const satisfies Record<string, RegisteredDefinition>
