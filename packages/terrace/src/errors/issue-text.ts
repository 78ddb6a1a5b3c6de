import { fillTemplate } from './fill-template.ts'
import type { Issue, Language } from './terrace-error.ts'
import { issueTexts } from './register/issue-texts.ts'

/** The texts that Terrace says of single values, by name. */
export type IssueTextName = keyof typeof issueTexts

type ValuesOf<N extends IssueTextName> = {
  readonly [K in keyof (typeof issueTexts)[N]['values']]: string | number | bigint | null
}
type Values<N extends IssueTextName> = keyof ValuesOf<N> extends never ? [] : [values: ValuesOf<N>]

/** What an issue says, in both languages, and its code. */
export interface IssueText<C extends string = string> {
  readonly code: C
  readonly message: string
  readonly zh: string
}

/**
 * A registered text with its values, to be made into an issue: `{ in: 'query', path: '/limit', ...issueText('between', { min: 1,
 * max: 100 }) }`.
 */
export function issueText<N extends IssueTextName>(
  name: N,
  ...given: Values<N>
): IssueText<(typeof issueTexts)[N]['code']> {
  const { code, en, zh } = issueTexts[name]
  const values = given[0] ?? {}
  return { code, message: fillTemplate(en, values), zh: fillTemplate(zh, values) }
}

/** An issue as it leaves: its message in the language asked for, in English where it is in no other. */
export function issueIn({ in: place, path, code, message, zh }: Issue, language: Language): Issue {
  return { in: place, path, code, message: language === 'zh' ? (zh ?? message) : message }
}
