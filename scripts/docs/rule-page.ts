import type { Rule } from '../../packages/terrace/src/contract/diff/rules.ts'
import { replaced } from './replaced.ts'

/** The page of clients with every rule by which two documents are compared. */
export function rulePage(page: string, rules: Readonly<Record<string, Rule>>): string {
  const rows = (breaks: boolean): readonly string[] =>
    Object.entries(rules)
      .filter(([, rule]) => rule.breaks === breaks)
      .map(([name, { why }]) => `| \`${name}\` | ${why} |`)
  const table = (title: string, breaks: boolean): string => [`| ${title} | |`, '|---|---|', ...rows(breaks)].join('\n')
  return replaced(page, 'rules', [table('breaking', true), table('compatible', false)].join('\n\n'))
}
