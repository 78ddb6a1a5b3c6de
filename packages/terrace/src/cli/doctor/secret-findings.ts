import type { Settings } from '../../config/index.ts'
import { note, problem, type Finding } from './finding.ts'

/** Of fewer characters, somebody guesses one. */
const shortest = 16

const known =
  /^(?:|admin|changeme|change[-_ ]me|default|demo|dev|development|example|hunter2|letmein|pass|password|qwerty|root|secret|test|token|xxx+|123456\d*)$/i
const placeholder =
  /change[-_ ]?(?:me|this)|replace[-_ ]?(?:me|this)|your[-_ ]?(?:secret|password|key|token)|placeholder/i

/** Secrets that an attacker would try first. Values are never shown. */
export function secretFindings(settings: Settings, values: Readonly<Record<string, unknown>>): readonly Finding[] {
  const declared = Object.entries(settings.declarations).filter(([, { spec }]) => spec.isSecret)
  const found = declared.flatMap(([name, { spec }]) => {
    const value = values[name]
    const isDefault = spec.fallback !== null && JSON.stringify(spec.fallback.value) === JSON.stringify(value)
    return [value].flat().flatMap((each) => findingsOf(name, String(each ?? ''), isDefault))
  })
  return 'APP_SECRET' in settings.declarations ? found : [...found, noAppSecret]
}

const noAppSecret = note('APP_SECRET_MISSING', 'settings', {
  why: 'no APP_SECRET is declared: each start and each instance makes keys of its own, so cursors of another are refused',
  remedy:
    'Declare APP_SECRET: text().secret() and set it to the output of openssl rand -hex 32, the same in all instances',
})

function findingsOf(name: string, value: string, isDefault: boolean): readonly Finding[] {
  const isUrl = URL.canParse(value) && value.includes(':')
  const secret = isUrl ? passwordIn(value) : value
  // A database that is a file has no password.
  if (isUrl && secret === '') return []
  if (isDefault && secret !== '') {
    const why = 'it has the value that the source declares as its default, which everybody who has the source knows'
    return [
      problem('SECRET_DEFAULT', name, {
        why,
        remedy: `Set ${name} in the environment; declare no default for a secret`,
      }),
    ]
  }
  const isUser = isUrl && secret === new URL(value).username
  const why = isUser ? 'it is the name of its user' : weaknessOf(secret, isUrl)
  if (why === null) return []
  return [problem('SECRET_WEAK', name, { why, remedy: `Set ${name} to a random one: openssl rand -hex 32` })]
}

function weaknessOf(secret: string, isUrl: boolean): string | null {
  if (known.test(secret) || placeholder.test(secret)) return 'it is one of the values that are tried first'
  if (new Set(secret).size < 5) return 'it is made of a few characters over and over'
  // Who chose a password of a database may have had other rules.
  return secret.length < (isUrl ? 8 : shortest) ? `it has fewer than ${isUrl ? 8 : shortest} characters` : null
}

function passwordIn(url: string): string {
  try {
    return decodeURIComponent(new URL(url).password)
  } catch {
    return new URL(url).password
  }
}
