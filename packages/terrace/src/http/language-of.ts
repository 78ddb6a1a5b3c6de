import type { Language } from '../errors/index.ts'

/**
 * The language of messages that an `Accept-Language` prefers; English where it names neither, or both alike. `*` stands for the one that
 * it does not name (RFC 9110, section 12.5.4); of `zh-TW` and `zh` the one with the greater weight counts.
 */
export function languageOf(header: string | undefined): Language {
  if (header === undefined || !/zh|\*/i.test(header)) return 'en'
  const ranges = header.split(',').map(rangeOf)
  const weightsOf = (wanted: string): readonly number[] =>
    ranges.flatMap(({ tag, weight }) => (tag === wanted ? [weight] : []))
  const weightOf = (language: Language): number => {
    const own = weightsOf(language)
    return Math.max(0, ...(own.length > 0 ? own : weightsOf('*')))
  }
  return weightOf('zh') > weightOf('en') ? 'zh' : 'en'
}

function rangeOf(range: string): { readonly tag: string; readonly weight: number } {
  const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
  const weight = parameters.find((parameter) => /^q\s*=/.test(parameter))?.replace(/^q\s*=\s*/, '')
  return { tag: tag.split('-')[0] ?? '', weight: weight === undefined ? 1 : weightIn(weight) }
}

/** From 0 to 1 with at most three decimals; anything else is no weight, and its language not asked for. */
function weightIn(text: string): number {
  return /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(text) ? Number(text) : 0
}
