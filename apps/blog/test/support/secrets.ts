import { randomBytes } from 'node:crypto'

/** Each run has secrets of its own, in the environment before the first token is signed. */
export function giveSecrets(): void {
  for (const name of ['TOKEN_SECRET', 'APP_SECRET']) process.env[name] ??= randomBytes(32).toString('hex')
}
