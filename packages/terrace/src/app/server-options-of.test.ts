import { expect, test } from 'vitest'
import { graph, identity, model } from '../model/index.ts'
import { createApp } from './create-app.ts'
import { serverOptionsOf } from './server-options-of.ts'

const app = createApp({
  title: 'Limits',
  version: '1.0.0',
  models: graph({ Thing: model('things', { id: identity() }) }),
  routes: [],
  limits: { bodyBytes: 10_000, urlBytes: 500 },
  cors: { origins: ['https://one.example'] },
})

test('a limit given at start replaces that of the app and no other one', () => {
  const { limits } = serverOptionsOf(app, { limits: { bodyBytes: 20_000 } }, { corsOrigins: null })
  expect(limits).toEqual({ bodyBytes: 20_000, urlBytes: 500 })
  expect(serverOptionsOf(app, {}, { corsOrigins: null }).limits).toEqual({ bodyBytes: 10_000, urlBytes: 500 })
})

test('origins of the environment join those of the app', () => {
  const { cors } = serverOptionsOf(app, {}, { corsOrigins: ['https://two.example'] })
  expect(cors?.origins).toEqual(['https://one.example', 'https://two.example'])
})
