import type { ErrorDefinition } from '../terrace-error.ts'

/** Wrong declarations of what travels: shapes derived from models, and hand-written schemas. */
export const shapeErrors = {
  SHAPE_DECLARATION: {
    kind: 'declaration',
    en: 'A shape is declared wrongly: {problems}',
    zh: '数据结构声明有误：{problems}',
    remedy: 'Correct the declarations named; each says how',
    remedyZh: '请更正所列声明；每一项都说明了做法',
    values: {
      problems: 'read(Product): there is no column kcal; did you mean kcal100g? Name columns of the model only',
    },
  },
} as const satisfies Record<string, ErrorDefinition>
