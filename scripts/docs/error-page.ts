import { exitCodeOf } from '../../packages/terrace/src/cli/exit-codes.ts'
import { TerraceError } from '../../packages/terrace/src/errors/index.ts'
import type { ErrorDefinition, Language } from '../../packages/terrace/src/errors/index.ts'
import type { IssueTextDefinition } from '../../packages/terrace/src/errors/register/issue-texts.ts'
import { statusOf } from '../../packages/terrace/src/http/status-of.ts'
import { errorGroups, type GroupTitle } from './error-groups.ts'
import { replaced } from './replaced.ts'

/** What one file of the register holds. */
export interface ErrorFile {
  /** Without its ending: `data-errors`. */
  readonly name: string
  readonly definitions: Readonly<Record<string, ErrorDefinition>>
}

export interface RegisterFacts {
  readonly files: readonly ErrorFile[]
  readonly issueTexts: Readonly<Record<string, IssueTextDefinition>>
}

/** The page of errors in one language, with what the register says between its marks. Throws for a file without a title. */
export function errorPage(page: string, { files, issueTexts }: RegisterFacts, language: Language): string {
  const groups = files
    .map(({ name, definitions }) => ({ title: titleOf(name), definitions, at: Object.keys(errorGroups).indexOf(name) }))
    .toSorted((one, other) => one.at - other.at)
  const shown = groups.map(({ title, definitions }) =>
    [`## ${title[language]}`, ...Object.entries(definitions).map((entry) => section(entry, language))].join('\n\n'),
  )
  const contents = groups.map(({ title, definitions }) => {
    const links = Object.keys(definitions).map((code) => `[${code}](#${code.toLowerCase()})`)
    return `- ${title[language]}: ${links.join(', ')}`
  })
  const withErrors = replaced(page, 'errors', shown.join('\n\n'))
  return replaced(replaced(withErrors, 'contents', contents.join('\n')), 'issues', issueTable(issueTexts, language))
}

function titleOf(name: string): GroupTitle {
  const title = errorGroups[name]
  if (title === undefined) throw new Error(`errors/register/${name}.ts has no title in scripts/docs/error-groups.ts`)
  return title
}

const words = {
  en: {
    kind: 'Kind',
    status: 'HTTP',
    exit: 'exit code',
    hidden: (status: number) => `${status}, told as \`INTERNAL\``,
    values: 'Values',
    remedy: 'What to do',
    own: 'as the error itself says; for example',
    stop: '. ',
    colon: ': ',
    columns: ['code', 'message'],
  },
  zh: {
    kind: '类别',
    status: 'HTTP',
    exit: '退出码',
    hidden: (status: number) => `${status}，对外显示为 \`INTERNAL\``,
    values: '值',
    remedy: '处理方法',
    own: '由错误本身给出，例如',
    stop: '。',
    colon: '：',
    columns: ['代码', '消息'],
  },
} as const satisfies Record<Language, object>

function section([code, definition]: readonly [string, ErrorDefinition], language: Language): string {
  const { kind, values } = definition
  const say = words[language]
  const status = statusOf({ kind, code })
  const answered = status === 500 && code !== 'INTERNAL' ? say.hidden(status) : String(status)
  const exit = exitCodeOf(new TerraceError(code, definition, values))
  const shown = Object.entries(values).map(([name, sample]) => `\`${name}\` (${spanOf(String(sample))})`)
  const comma = language === 'zh' ? '，' : ', '
  const facts = [`${say.kind} \`${kind}\``, `${say.status} ${answered}`, `${say.exit} ${exit}`].join(comma)
  return [
    `### ${code}`,
    spanOf(definition[language]),
    `${facts}${say.stop}${shown.length === 0 ? '' : `${say.values}${say.colon}${shown.join(language === 'zh' ? '、' : ', ')}${say.stop}`}`.trim(),
    `${say.remedy}${say.colon}${remedyOf(definition, language)}`,
  ].join('\n\n')
}

function remedyOf({ remedy, remedyZh, values }: ErrorDefinition, language: Language): string {
  const text = language === 'zh' ? (remedyZh ?? remedy) : remedy
  if (text !== '{remedy}') return text.replaceAll(/[<>]/g, (sign) => (sign === '<' ? '&lt;' : '&gt;'))
  const { own, colon } = words[language]
  return `${own}${colon}${spanOf(String(values['remedy']))}`
}

/** One line of code, whatever the text holds. */
function spanOf(text: string): string {
  const line = text.replaceAll('\n', ' ')
  return line.includes('`') ? `\`\` ${line} \`\`` : `\`${line}\``
}

function issueTable(texts: RegisterFacts['issueTexts'], language: Language): string {
  const rows = Object.values(texts)
    .toSorted((one, other) => (one.code === other.code ? 0 : one.code < other.code ? -1 : 1))
    .map((text) => `| ${spanOf(text.code)} | ${spanOf(text[language]).replaceAll('|', '\\|')} |`)
  const [code, message] = words[language].columns
  return [`| ${code} | ${message} |`, '|---|---|', ...rows].join('\n')
}
