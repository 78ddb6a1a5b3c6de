import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { runCli } from '../../../packages/terrace/test/cli/run-cli.ts'
import { giveSecrets } from './support/secrets.ts'

giveSecrets()

it('passes terrace doctor --production with the settings of a production', { timeout: 30_000 }, async () => {
  const { TOKEN_SECRET = '', APP_SECRET = '' } = process.env
  const ran = await runCli(['doctor', '--production', '--json'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { NODE_ENV: 'production', TOKEN_SECRET, APP_SECRET },
  })
  expect([ran.code, ran.json().result]).toMatchObject([0, { problems: 0 }])
})
