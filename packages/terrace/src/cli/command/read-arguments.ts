import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import { errors, type TerraceError } from '../../errors/index.ts'
import { nearestName } from '../../model/index.ts'
import type { Command, CommonValues } from './command.ts'
import type { Argument, Arguments, ArgumentValues, Flag, Flags, FlagValues } from './flag.ts'
import { commonFlags } from './shared-flags.ts'

export interface Given {
  readonly flags: FlagValues<Flags> & CommonValues
  readonly arguments: ArgumentValues<Arguments>
}

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number]
type OptionToken = Extract<Token, { readonly kind: 'option' }>

/** What a command is given, as its record says. `CLI_USAGE` with the nearest flag, or what is missing, too much or against another. */
export function readArguments(command: Command, words: readonly string[]): Given {
  const flags = { ...commonFlags, ...command.flags }
  const tokens = tokensOf(flags, words)
  const options = tokens.filter((token) => token.kind === 'option').filter(({ index }) => !isStepCount(words[index]))
  const positionals = tokens.flatMap((token) => wordOf(token, words))
  const refuse = (problem: string, remedy?: string): TerraceError => usage(command, problem, remedy)
  const values = Object.fromEntries(Object.entries(flags).map(([name, flag]) => [name, startOf(flag)]))
  for (const token of options) {
    const flag = Object.hasOwn(flags, token.name) ? (flags as Flags)[token.name] : undefined
    if (flag === undefined) throw unknownFlag(command, token, flags)
    const value = valueOf(flag, token, refuse)
    if (flag.kind === 'list') values[token.name] = [...(values[token.name] as string[]), value]
    else if (options.some((other) => other.name === token.name && other !== token))
      throw refuse(`--${token.name} is given more than once`, 'Give it once')
    else values[token.name] = value
  }
  refuseMissing(flags, values, refuse)
  refuseConflicts(command, options, refuse)
  return { flags: values as Given['flags'], arguments: argumentsOf(command, positionals, refuse) }
}

type Refuse = (problem: string, remedy?: string) => TerraceError

/** Not strict: its own refusals name no nearest flag, and are in other words. */
function tokensOf(flags: Flags, words: readonly string[]): readonly Token[] {
  const options: ParseArgsOptionsConfig = Object.fromEntries(
    Object.entries(flags).map(([name, { kind, short }]) => [
      name,
      { type: kind === 'switch' ? 'boolean' : 'string', multiple: true, ...(short === undefined ? {} : { short }) },
    ]),
  )
  return parseArgs({ args: [...words], options, strict: false, allowPositionals: true, tokens: true }).tokens
}

/** `-1` and `-12` are targets, and flags to the parser: the latter even two. */
function isStepCount(word: string | undefined): boolean {
  return word !== undefined && /^-\d+$/.test(word)
}

function wordOf(token: Token, words: readonly string[]): readonly string[] {
  if (token.kind === 'positional') return [token.value]
  const word = words[token.index]
  if (token.kind !== 'option' || word === undefined || !isStepCount(word)) return []
  return token.rawName === word.slice(0, 2) ? [word] : []
}

function startOf({ kind }: Flag): unknown {
  if (kind === 'switch') return false
  return kind === 'list' ? [] : undefined
}

function valueOf(flag: Flag, { rawName, value, inlineValue }: OptionToken, refuse: Refuse): string | number | boolean {
  if (flag.kind === 'switch') {
    if (value !== undefined) throw refuse(`${rawName} takes no value`, `Write ${rawName} alone`)
    return true
  }
  // A flag in the place of a value is a value that was forgotten; with `=` it is meant.
  const isForgotten = value === undefined || (value.startsWith('-') && inlineValue === false && value !== '-')
  if (isForgotten || value.trim() === '') throw refuse(`${rawName} needs a value`, `Write ${rawName} ${flag.value}`)
  if (flag.kind !== 'number') return value
  const number = Number(value)
  if (/^\d{1,9}$/.test(value) && number > 0) return number
  throw refuse(`${rawName} is no whole number from 1`, `Write ${rawName} ${flag.value}`)
}

function unknownFlag(command: Command, { rawName }: OptionToken, flags: Flags): TerraceError {
  const isLong = rawName.startsWith('--')
  const nearest = isLong ? nearestName(rawName.slice(2), Object.keys(flags)) : null
  return usage(
    command,
    `${command.name} has no flag ${rawName}`,
    nearest === null ? undefined : `Did you mean --${nearest}?`,
  )
}

function refuseMissing(flags: Flags, values: Readonly<Record<string, unknown>>, refuse: Refuse): void {
  for (const [name, flag] of Object.entries(flags)) {
    if (flag.kind !== 'text' || !flag.isRequired || values[name] !== undefined) continue
    throw refuse(`--${name} is missing`, `Give --${name} ${flag.value}`)
  }
}

function refuseConflicts({ conflicts }: Command, options: readonly OptionToken[], refuse: Refuse): void {
  for (const names of conflicts) {
    const both = names.filter((name) => options.some((option) => option.name === name))
    if (both.length > 1) throw refuse(`--${both.join(' and --')} do not go together`, 'Give one of them')
  }
}

function argumentsOf(command: Command, words: readonly string[], refuse: Refuse): Given['arguments'] {
  const left = [...words]
  const entries = Object.entries(command.arguments).map(([name, argument]) => [
    name,
    taken(name, argument, { left, refuse }),
  ])
  const [extra] = left
  if (extra === undefined) return Object.fromEntries(entries) as Given['arguments']
  throw refuse(`"${extra}" is too much: ${command.name} takes ${countOf(command)}`)
}

function taken(
  name: string,
  { kind }: Argument,
  { left, refuse }: { readonly left: string[]; readonly refuse: Refuse },
): string | readonly string[] | undefined {
  if (kind === 'several') return left.splice(0)
  const word = left.shift()
  if (word === undefined && kind === 'required') throw refuse(`<${name}> is missing`, `Give <${name}>`)
  return word
}

function countOf({ arguments: all }: Command): string {
  const names = Object.keys(all)
  return names.length === 0 ? 'no arguments' : names.map((name) => `<${name}>`).join(' ')
}

function usage({ name }: Command, problem: string, remedy = `terrace ${name} --help says what it takes`): TerraceError {
  return errors.CLI_USAGE({ values: { problem, remedy } })
}
