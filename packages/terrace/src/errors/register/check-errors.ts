import type { ErrorDefinition } from '../terrace-error.ts'

/** What is found in the source of a project. */
export const checkErrors = {
  CHECK_OUTSIDE_SCOPE: {
    kind: 'structure',
    en: 'The source steps outside the scope otherwise than {baseline} says. Places: {count}\n{list}',
    zh: '源代码越出作用域的位置与 {baseline} 不一致，共 {count} 处：\n{list}',
    remedy: '{remedy}',
    remedyZh: '{remedy}',
    values: {
      baseline: 'terrace.scope.json',
      count: 1,
      list: "- src/product.service.ts:12 unscopedSession in ProductService.purgeAll: session.unscoped('nightly purge'. Not reviewed.",
      remedy: 'Stay inside the scope, or enter them with terrace scope --update and say for each why it is right',
    },
  },
  CHECK_BASELINE: {
    kind: 'declaration',
    en: '{file} cannot be used: {problem}',
    zh: '无法使用 {file}：{problem}',
    remedy: 'Correct it, or remove it and write it again with terrace scope --update',
    remedyZh: '请修正该文件，或删除后用 terrace scope --update 重新生成',
    values: { file: 'terrace.scope.json', problem: 'its "format" is not 1' },
  },
  CHECK_PATH: {
    kind: 'declaration',
    en: '{path} is not there',
    zh: '{path} 不存在',
    remedy: 'Name folders and files from the working directory',
    remedyZh: '请给出相对于工作目录的文件夹或文件',
    values: { path: 'source' },
  },
  CHECK_PARSER_MISSING: {
    kind: 'unavailable',
    en: 'Source is read with the package {package}, which is not installed',
    zh: '读取源代码需要安装包 {package}，但它尚未安装',
    remedy: 'npm install --save-dev {package}',
    remedyZh: 'npm install --save-dev {package}',
    values: { package: 'oxc-parser' },
  },
} as const satisfies Record<string, ErrorDefinition>
