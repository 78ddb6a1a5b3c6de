import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { main } from 'terrace/cli'

const folder = fileURLToPath(new URL('..', import.meta.url))

test('every place of the source that steps outside the scope is reviewed', async () => {
  const written: string[] = []
  const stream = {
    write: (text: string, done?: (error?: Error | null) => void) => {
      written.push(text)
      done?.()
      return true
    },
  }
  const code = await main(['scope', '--json'], { cwd: folder, stdout: stream, stderr: stream })
  const { result } = JSON.parse(written.join('')) as {
    readonly result: { readonly places: readonly { readonly kind: string; readonly within: string }[] }
  }
  expect(code).toBe(0)
  const unscoped = result.places.filter(({ kind }) => kind === 'unscopedSession').map(({ within }) => within)
  expect(unscoped.toSorted()).toEqual([
    'AccountService.register',
    'CommentService.moderate',
    'DraftService.listAll',
    'UserService.changeRole',
    'UserService.disable',
    'UserService.enable',
    'UserService.get',
    'UserService.list',
  ])
})
