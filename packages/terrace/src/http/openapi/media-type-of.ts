import type { Answer } from '../response-style.ts'

/** The media type of a style's answer, without parameters; JSON unless the style says otherwise. */
export function mediaTypeOf({ headers }: Pick<Answer, 'headers'>): string {
  const given = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1]
  return (given ?? 'application/json').split(';')[0]?.trim() ?? 'application/json'
}
