import type { ErrorDefinition } from '../terrace-error.ts'

/** What an app says of itself, held against what it does. */
export const documentErrors = {
  ANSWER_UNDOCUMENTED: {
    kind: 'misuse',
    en: 'The answer {status} to {request} is not as the OpenAPI document of its app says: {problem}',
    zh: '对 {request} 的响应 {status} 与应用的 OpenAPI 文档不符：{problem}',
    remedy:
      'Declare what the route answers: its responses, and under errors what its services throw; testClient(app, { conform: false }) does not ask',
    remedyZh: '请声明该路由的响应，并在 errors 中列出其服务抛出的错误；testClient(app, { conform: false }) 不做此检查',
    values: { request: 'GET /v1/products', status: 200, problem: '/0/name must be string' },
  },
} as const satisfies Record<string, ErrorDefinition>
