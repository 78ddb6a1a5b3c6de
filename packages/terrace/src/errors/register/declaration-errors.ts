import type { ErrorDefinition } from '../terrace-error.ts'

/** Wrong declarations: models, graphs, apps, settings. */
export const declarationErrors = {
  MODEL_DECLARATION: {
    kind: 'declaration',
    en: '{where}: {problem}',
    zh: '{where}：{problem}',
    remedy: '{remedy}',
    remedyZh: '{remedy}',
    values: {
      where: 'Product.kcal100g',
      problem: 'range(0, -1): the minimum is above the maximum',
      remedy: 'Swap the bounds',
    },
  },
  SETTINGS_INVALID: {
    kind: 'declaration',
    en: 'Settings are wrong: {problems}',
    zh: '配置有误：{problems}',
    remedy: 'Correct them in the environment or in the .env file and start again',
    remedyZh: '请在环境变量或 .env 文件中更正，然后重新启动',
    values: { problems: 'PORT in the environment is "x", expected a port, 0 to 65535' },
  },
  APP_DECLARATION: {
    kind: 'declaration',
    en: 'The app is declared wrongly: {problems}',
    zh: '应用声明有误：{problems}',
    remedy: 'Correct the declarations named; nothing was started',
    remedyZh: '请更正所列声明；未启动任何内容',
    values: { problems: 'GET /v1/notes: nobody is said to be allowed to call it. Give it or its group auth' },
  },
  DEPENDENCY_FAILED: {
    kind: 'declaration',
    en: 'The dependency {name} could not be made: {reason}',
    zh: '无法创建依赖 {name}：{reason}',
    remedy:
      'Correct what its make function needs, such as a setting or a server that it connects to; nothing was started',
    remedyZh: '请更正其 make 函数所需的内容，例如某项配置或所连接的服务器；未启动任何内容',
    values: { name: 'mailer', reason: 'connect ECONNREFUSED 127.0.0.1:25' },
  },
} as const satisfies Record<string, ErrorDefinition>
