import type { Language } from '../errors/index.ts'

/** The language of messages that an `Accept-Language` prefers; English where it names neither, or both alike. */
export function languageOf(header: string | undefined): Language {
  if (header === undefined || !/zh/i.test(header)) return 'en'
  const ranges = header.split(',').map(rangeOf)
  const weightOf = (language: Language): number =>
    Math.max(0, ...ranges.filter(({ tag }) => tag === language).map(({ weight }) => weight))
  return weightOf('zh') > weightOf('en') ? 'zh' : 'en'
}

function rangeOf(range: string): { readonly tag: string; readonly weight: number } {
  const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
  return { tag: tag.split('-')[0] ?? '', weight: weight === undefined ? 1 : Number(weight) || 0 }
}
