import type { ErrorDefinition } from '../terrace-error.ts'

/** Wrong declarations: models, graphs, apps, settings. */
export const declarationErrors = {
  MODEL_DECLARATION: {
    kind: 'declaration',
    en: '{where}: {problem}',
    zh: '{where}：{problem}',
    remedy: '{remedy}',
    values: { where: 'Product.kcal100g', problem: 'range(0, -1): the minimum is above the maximum', remedy: 'Swap the bounds' },
  },
} as const satisfies Record<string, ErrorDefinition>
