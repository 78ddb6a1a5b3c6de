import { expect, test } from 'vitest'
import { defineErrors, errors } from '../errors/index.ts'
import { group, publicAccess, route } from '../http/index.ts'
import { graph, model, uuid } from '../model/index.ts'
import { createApp } from './create-app.ts'
import type { AppOptions } from './create-app.ts'

const models = graph({ Note: model('notes', { id: uuid().primaryKey() }) })
const own = { kind: 'conflict', en: 'Taken', zh: '已占用', remedy: 'Choose another', values: {} } as const
const { TITLE_TAKEN } = defineErrors({ TITLE_TAKEN: own })

function declare(options: Pick<AppOptions, 'errors'>, declared: readonly AppErrors[number][] = []): () => unknown {
  const hello = route('GET /hello', {
    summary: 'Hello',
    responses: { 204: null },
    errors: declared,
    handler: () => undefined,
  })
  const routes = [group({ auth: publicAccess('a test') }, [hello])]
  return () => createApp({ title: 'Notes', version: '1.0.0', models, routes, ...options })
}
type AppErrors = NonNullable<Parameters<typeof route>[1]['errors']>

test('a code has one meaning: the app’s own beside Terrace’s, however often each is named', () => {
  expect(declare({ errors: { TITLE_TAKEN } }, [TITLE_TAKEN, errors.NOT_FOUND])).not.toThrow()
})

test('an app cannot give a code of Terrace’s another meaning', () => {
  expect(declare({ errors: defineErrors({ NOT_FOUND: own }) })).toThrow(
    /error NOT_FOUND: Terrace has an error of this code already/,
  )
})

test('two errors of the app’s under one code do not start, also where only routes name them', () => {
  const another = defineErrors({ TITLE_TAKEN: { ...own, en: 'Another' } })
  expect(declare({ errors: { TITLE_TAKEN } }, [another.TITLE_TAKEN])).toThrow(
    /error TITLE_TAKEN: two errors have this code/,
  )
  expect(declare({}, [TITLE_TAKEN, another.TITLE_TAKEN])).toThrow(/two errors have this code/)
})
