import type { RegisteredDefinition } from '../terrace-error.ts'

/** Documents of an API, and what is written from them. */
export const contractErrors = {
  CONTRACT_FILE: {
    kind: 'declaration',
    en: '{file} cannot be read as an OpenAPI document: {problem}',
    zh: '无法将 {file} 作为 OpenAPI 文档读取：{problem}',
    remedy: '{remedy}',
    remedyZh: '{remedy}',
    values: {
      file: 'openapi.json',
      problem: 'there is no such file',
      remedy: 'Write it with terrace openapi --out openapi.json',
    },
  },
  CONTRACT_STALE: {
    kind: 'structure',
    en: '{file} is not what the app says now. Differences: {count}\n{list}',
    zh: '{file} 与应用当前的内容不一致。差异：{count}\n{list}',
    remedy: 'Write it anew: {command}',
    remedyZh: '请重新生成：{command}',
    values: {
      file: 'openapi.json',
      count: 1,
      list: '- /paths/~1v1~1products/get: is missing',
      command: 'terrace openapi --out openapi.json',
    },
  },
  CONTRACT_BREAKS: {
    kind: 'structure',
    en: 'Changes of the API break its clients. Breaking: {count}\n{list}',
    zh: 'API 的更改会使客户端失效。不兼容的更改：{count}\n{list}',
    remedy:
      'Take them back, or offer the new form beside the old one: another property, another route, another version',
    remedyZh: '请撤回这些更改，或在旧形式之外提供新形式：新的属性、新的路由或新的版本',
    values: {
      count: 1,
      list: '- POST /v1/products, body /name: property-required. Requests without it are refused. Was optional, is required',
    },
  },
} as const satisfies Record<string, RegisteredDefinition>
