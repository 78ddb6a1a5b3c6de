import { exitMeanings } from '../exit-codes.ts'
import { aligned } from '../print/aligned.ts'
import type { Palette } from '../print/palette.ts'
import type { Command } from './command.ts'
import type { Flag, Flags } from './flag.ts'
import { commonFlags } from './shared-flags.ts'

/** `terrace db plan [flags]` */
export function usageOf({ name, arguments: all, flags }: Command): string {
  const words = Object.entries(all).map(([argument, { kind }]) => {
    if (kind === 'required') return `<${argument}>`
    return kind === 'several' ? `[<${argument}>…]` : `[<${argument}>]`
  })
  const needed = Object.entries(flags).flatMap(([flag, spec]) =>
    spec.kind === 'text' && spec.isRequired ? [flagText(flag, spec)] : [],
  )
  return ['terrace', name, ...words, ...needed, '[flags]'].join(' ')
}

/** `-m, --message <text>` */
export function flagText(name: string, flag: Flag): string {
  const value = flag.kind === 'switch' ? '' : ` ${flag.value}`
  return `${flag.short === undefined ? '' : `-${flag.short}, `}--${name}${value}`
}

/** All that a command's record says. */
export function commandHelp(command: Command, palette: Palette): string {
  const { arguments: all, flags, exits, examples } = command
  const title = (text: string): string => palette.bold(text)
  const flagRows = (some: Flags): readonly string[] =>
    aligned(
      Object.entries(some).map(([name, flag]) => [palette.name(flagText(name, flag)), summaryOf(flag)]),
      '  ',
    )
  const codes = Object.entries(exitMeanings).map(([code, meaning]) => [code, exits[Number(code) as 0] ?? meaning])
  const parts = [
    [`${title('Usage')}  ${usageOf(command)}`],
    command.description,
    section(
      title('Arguments'),
      aligned(
        Object.entries(all).map(([name, { summary }]) => [`<${name}>`, summary]),
        '  ',
      ),
    ),
    section(title('Flags'), flagRows(flags)),
    section(title('Flags of every command'), flagRows(commonFlags)),
    section(title('Exit codes'), aligned(codes, '  ')),
    section(
      title('Examples'),
      examples.flatMap(({ command: line, does }) => [`  $ ${line}`, `    ${palette.dim(does)}`]),
    ),
  ]
  return parts
    .filter((part) => part.length > 0)
    .map((part) => part.join('\n'))
    .join('\n\n')
}

function summaryOf(flag: Flag): string {
  return flag.kind === 'list' ? `${flag.summary} May be given several times.` : flag.summary
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines]
}

/** What there is: all of it, or the commands that begin with a word. */
export function overview(commands: readonly Command[], group: string | null, palette: Palette): string {
  const shown = commands.filter(({ name }) => group === null || name.startsWith(`${group} `))
  const rows = shown.map(({ name, summary }) => [palette.name(`terrace ${name}`), summary])
  const place = group === null ? 'terrace' : `terrace ${group}`
  return [
    `${palette.bold('Usage')}  ${place} <command> [arguments] [flags]`,
    [palette.bold('Commands'), ...aligned(rows, '  ')].join('\n'),
    `${place} <command> --help says what one takes; terrace --version, which this is.`,
  ].join('\n\n')
}
