/**
 * A text that says what to write in a program, as what to write in a shell. The errors and plans of the library speak to whoever calls
 * it; whoever runs a command has flags.
 */
export function inFlags(text: string, command: string | null = null): string {
  const verb = command === 'db revision' ? 'db revision' : 'db sync'
  return replacements(`terrace ${verb}`).reduce((told, [from, to]) => told.replaceAll(from, to as () => string), text)
}

type Replacement = readonly [RegExp, (...match: readonly string[]) => string]

const quoted = String.raw`'((?:[^'\\]|\\.)*)'`

function replacements(allowing: string): readonly Replacement[] {
  return [
    [
      new RegExp(String.raw`structure: \{ policy: 'safe', allow: \[${quoted}\] \}`, 'g'),
      (_, allowance = '') => `--allow ${shellWord(allowance)}`,
    ],
    [
      new RegExp(String.raw`start once with allow: \[${quoted}\]`, 'g'),
      (_, allowance = '') => `${allowing} --allow ${shellWord(allowance)}`,
    ],
    [/start once with maintenance: true/gi, () => 'terrace db sync --maintenance'],
    [/maintenance: true/g, () => '--maintenance'],
    [
      new RegExp(String.raw`\(await openStructure\(url, \{ models \}\)\)\.adopt\(\[${quoted}\]\)`, 'g'),
      (_, table = '') => `terrace db adopt ${shellWord(table)}`,
    ],
    [
      /(?: in)? leaveBehind: \[([^\]]*)\]/g,
      (_, names = '') =>
        `: ${names
          .split(', ')
          .map((name) => `--leave-behind ${shellWord(name.slice(1, -1))}`)
          .join(' ')}`,
    ],
  ]
}

/** As a shell takes it for one word. */
function shellWord(text: string): string {
  return /^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
