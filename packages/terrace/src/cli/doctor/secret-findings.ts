import { url } from '../../config/index.ts'
import type { Settings, SettingSpec } from '../../config/index.ts'
import { entropyBits } from './entropy.ts'
import { note, problem, type Finding } from './finding.ts'

/** Of fewer bits somebody guesses one who tries offline, as whoever holds one signed token can. */
const fewestBits = 64

/** Of a password that only a server checks, which is slower to try. */
const fewestBitsOfPassword = 32

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
    return [value].flat().flatMap((each) => findingsOf(name, judgedIn(String(each ?? ''), spec), isDefault))
  })
  return 'APP_SECRET' in settings.declarations ? found : [...found, noAppSecret]
}

const noAppSecret = note('APP_SECRET_MISSING', 'settings', {
  why: 'no APP_SECRET is declared: each start and each instance makes keys of its own, so cursors of another are refused',
  remedy:
    'Declare APP_SECRET: text().secret() and set it to the output of openssl rand -hex 32, the same in all instances',
})

/** What is judged of a setting: its value, or the password in a URL. */
interface Judged {
  readonly secret: string
  /** Of the password, where it is one in a URL; null where it is the whole value. */
  readonly user: string | null
}

function judgedIn(value: string, { expects }: SettingSpec): Judged {
  const isDeclaredUrl = expects === url().spec.expects
  if (!URL.canParse(value) || !(isDeclaredUrl || value.includes('://'))) return { secret: value, user: null }
  const { username } = new URL(value)
  const secret = passwordIn(value)
  return isDeclaredUrl || secret !== '' ? { secret, user: username } : { secret: value, user: null }
}

function findingsOf(name: string, judged: Judged, isDefault: boolean): readonly Finding[] {
  const { secret, user } = judged
  // A database that is a file has no password; a secret that may be left out is none.
  if (secret === '' && (user !== null || isDefault)) return []
  const what = user === null ? 'it' : 'the password in its URL'
  if (isDefault) {
    const why = 'it has the value that the source declares as its default, which everybody who has the source knows'
    return [
      problem('SECRET_DEFAULT', name, {
        why,
        remedy: `Set ${name} in the environment; declare no default for a secret`,
      }),
    ]
  }
  const weakness = weaknessOf(judged)
  if (weakness === null) return []
  const remedy =
    user === null
      ? `Set ${name} to a random one: openssl rand -hex 32`
      : `Give that user a random password, openssl rand -hex 16, and set ${name} to the URL with it`
  return [problem('SECRET_WEAK', name, { why: `${what} ${weakness}`, remedy })]
}

function weaknessOf({ secret, user }: Judged): string | null {
  if (user !== null && secret === user) return 'is the name of its user'
  if (known.test(secret) || placeholder.test(secret)) return 'is one of the values that are tried first'
  const [bits, fewest] = [entropyBits(secret), user === null ? fewestBits : fewestBitsOfPassword]
  if (bits >= fewest) return null
  return `can be guessed: about ${bits} bits of entropy, below ${fewest}; words, runs and repetitions count for little`
}

function passwordIn(given: string): string {
  try {
    return decodeURIComponent(new URL(given).password)
  } catch {
    return new URL(given).password
  }
}
