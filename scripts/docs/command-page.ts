import type { Command } from '../../packages/terrace/src/cli/command/command.ts'
import { flagText, usageOf } from '../../packages/terrace/src/cli/command/help.ts'
import { commonFlags } from '../../packages/terrace/src/cli/command/shared-flags.ts'
import type { Flag, Flags } from '../../packages/terrace/src/cli/command/flag.ts'
import { exitMeanings } from '../../packages/terrace/src/cli/exit-codes.ts'
import { replaced } from './replaced.ts'

/** A page with what the records of the commands say in the place of what stood there, between `<!-- name -->` and `<!-- /name -->`. */
export function commandPage(page: string, commands: readonly Command[]): string {
  const parts = {
    'exit codes': table(['code', 'meaning'], Object.entries(exitMeanings)),
    'common flags': flagTable(commonFlags),
    'list of commands': table(
      ['command', ''],
      commands.map(({ name, summary }) => [`[\`terrace ${name}\`](#${anchorOf(name)})`, summary]),
    ),
    commands: commands.map(section).join('\n\n'),
  }
  return Object.entries(parts).reduce((text, [name, part]) => replaced(text, name, part), page)
}

function section(command: Command): string {
  const { name, summary, description, arguments: all, flags, exits, examples, result } = command
  const codes = Object.entries(exits).map(([code, meaning]) => [code, meaning])
  return [
    `### terrace ${name}`,
    summary,
    `\`\`\`console\n$ ${usageOf(command)}\n\`\`\``,
    description.join('\n'),
    ...block(
      table(
        ['argument', ''],
        Object.entries(all).map(([argument, { summary: what }]) => [`\`<${argument}>\``, what]),
      ),
    ),
    ...block(flagTable(flags)),
    `\`--json\` gives as \`result\`:`,
    table(
      ['field', ''],
      Object.entries(result).map(([field, what]) => [`\`${field}\``, what]),
    ),
    ...block(codes.length === 0 ? '' : `Exit codes that mean more here than [everywhere](#exit-codes):`),
    ...block(table(['code', 'meaning'], codes)),
    ...examples.map(({ command: line, does }) => `${does}\n\n\`\`\`console\n$ ${line}\n\`\`\``),
  ].join('\n\n')
}

function flagTable(flags: Flags): string {
  return table(
    ['flag', ''],
    Object.entries(flags).map(([name, flag]) => [`\`${flagText(name, flag)}\``, meaningOf(flag)]),
  )
}

function meaningOf(flag: Flag): string {
  if (flag.kind === 'list') return `${flag.summary} May be given several times.`
  return flag.kind === 'text' && flag.isRequired ? `${flag.summary} Has to be given.` : flag.summary
}

function block(text: string): readonly string[] {
  return text === '' ? [] : [text]
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const cells = (row: readonly string[]): string =>
    `| ${row.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`
  return [cells(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(cells)].join('\n')
}

function anchorOf(name: string): string {
  return `terrace-${name.replaceAll(' ', '-')}`
}
