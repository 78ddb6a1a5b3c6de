import { defineErrors } from 'terrace/errors'

/** What CountOnMe refuses beyond the rules of its models. */
export const errors = defineErrors({
  DEFAULT_PORTION_NEEDED: {
    kind: 'conflict',
    en: 'A product keeps a default portion',
    zh: '食品必须保留一个默认份量',
    remedy: 'Make another portion the default; it takes the place of this one',
    remedyZh: '请将另一个份量设为默认，它会取代当前的默认份量',
    values: {},
  },
})
