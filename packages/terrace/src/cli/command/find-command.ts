import { errors, type TerraceError } from '../../errors/index.ts'
import { nearestName } from '../../model/index.ts'
import type { Command } from './command.ts'

/** What the first words ask for. */
export type Asked =
  | { readonly kind: 'command'; readonly command: Command; readonly words: readonly string[] }
  /** Of all commands, or of those that begin with a word. */
  | { readonly kind: 'help'; readonly group: string | null }
  | { readonly kind: 'version' }

/** `CLI_USAGE` with the nearest command. */
export function findCommand(commands: readonly Command[], words: readonly string[]): Asked {
  const [first, second, ...rest] = words
  if (first === undefined || isHelp(first)) return { kind: 'help', group: null }
  if (first === '--version' || first === '-v') return { kind: 'version' }
  const groups = [...new Set(commands.map(({ name }) => name.split(' ')[0] as string))]
  // `openapi diff` before `openapi`, which takes no argument that could be meant.
  const both = commands.find(({ name }) => name === `${first} ${second}`)
  if (both !== undefined) return { kind: 'command', command: both, words: rest }
  const alone = commands.find(({ name }) => name === first)
  if (alone !== undefined) return { kind: 'command', command: alone, words: words.slice(1) }
  if (first.startsWith('-')) throw unknownFlag(first, ['--help', '--version'], 'terrace')
  if (!groups.includes(first)) throw unknownCommand(first, commands, groups)
  if (second === undefined || isHelp(second)) return { kind: 'help', group: first }
  if (second.startsWith('-')) throw unknownFlag(second, ['--help'], `terrace ${first}`)
  throw unknownCommand(second, commands, [], first)
}

function isHelp(word: string): boolean {
  return word === '--help' || word === '-h' || word === 'help'
}

function unknownFlag(flag: string, known: readonly string[], place: string): TerraceError {
  const nearest = nearestName(flag, known)
  const remedy = nearest === null ? `Flags stand behind the command: ${place} --help` : `Did you mean ${nearest}?`
  return errors.CLI_USAGE({ values: { problem: `${place} has no flag ${flag}`, remedy } })
}

/** A verb without its group is found too: `terrace upgrade`. */
function unknownCommand(
  word: string,
  commands: readonly Command[],
  groups: readonly string[],
  group: string | null = null,
): TerraceError {
  const verbs = new Map(commands.map(({ name }) => [name.split(' ').slice(1).join(' ') || name, name]))
  const nearest = nearestName(word, [...groups, ...verbs.keys()])
  const place = group === null ? 'terrace' : `terrace ${group}`
  const meant = nearest === null ? null : (verbs.get(nearest) ?? nearest)
  const remedy = meant === null ? `${place} --help says which there are` : `Did you mean terrace ${meant}?`
  return errors.CLI_USAGE({ values: { problem: `there is no command ${place} ${word}`, remedy } })
}
