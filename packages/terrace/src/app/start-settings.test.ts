import { afterEach, describe, expect, test, vi } from 'vitest'
import { flag, list, origin, port, settings, text } from '../config/index.ts'
import type { Settings } from '../config/index.ts'
import { graph, identity, model, shared } from '../model/index.ts'
import { createApp } from './create-app.ts'
import type { App } from './create-app.ts'
import { serverOptionsOf } from './server-options-of.ts'
import { readStartSettings } from './start-settings.ts'

afterEach(() => vi.unstubAllEnvs())

const models = graph({ Note: model('notes', { id: identity() }, { access: shared({ write: 'everyone' }) }) })
const address = { databaseUrl: 'sqlite::memory:', host: '127.0.0.1', port: 0 }

function appWith(declared: Settings, options: Partial<Parameters<typeof createApp>[0]> = {}): App {
  return createApp({ title: 'Notes', version: '1.0.0', models, settings: declared, routes: [], ...options })
}

describe('settings that a start takes', () => {
  const app = appWith(
    settings({
      DEBUG: flag().default(false),
      CORS_ORIGINS: list(origin()).default([]),
      METRICS_PORT: port().default(0),
      METRICS_TOKEN: text().secret().default('none'),
      APP_SECRET: text().secret().default('b0a53d2f1c7e4986a1d2c3b4e5f60718'),
    }),
  )

  test('come from the environment; what the call gives wins', () => {
    vi.stubEnv('DEBUG', 'true')
    vi.stubEnv('CORS_ORIGINS', 'https://a.example, https://b.example:8443')
    vi.stubEnv('METRICS_PORT', '9464')
    const read = readStartSettings(app, address)
    expect(read).toEqual({
      ...address,
      debug: true,
      corsOrigins: ['https://a.example', 'https://b.example:8443'],
      metricsPort: 9464,
      metricsToken: 'none',
      appSecret: 'b0a53d2f1c7e4986a1d2c3b4e5f60718',
    })
    expect(readStartSettings(app, { ...address, debug: false }).debug).toBe(false)
  })

  test('that are wrong are refused together, with what is expected and no secret', () => {
    vi.stubEnv('DEBUG', 'maybe')
    vi.stubEnv('CORS_ORIGINS', 'https://*.example.org')
    vi.stubEnv('METRICS_TOKEN', '')
    const refused = () => readStartSettings(app, address)
    expect(refused).toThrow(/DEBUG in the environment is "maybe", expected true or false/)
    expect(refused).toThrow(/CORS_ORIGINS .*expected a list, separated by commas, each an origin such as/)
    expect(refused).toThrow(/METRICS_TOKEN in the environment is a value \(not shown\)/)
  })

  test('that are declared as something else are named, with what to declare', () => {
    const wrong = appWith(settings({ DEBUG: text().default('true'), CORS_ORIGINS: text().default('*') }))
    expect(() => readStartSettings(wrong, address)).toThrow(/DEBUG is declared as something else.*flag\(\)/)
    expect(() => readStartSettings(wrong, address)).toThrow(
      /CORS_ORIGINS is declared as something else.*list\(origin\(\)\)/,
    )
  })

  test("origins join the app's own; none is CORS off", () => {
    const own = appWith(settings({}), { cors: { origins: ['https://own.example'], maxAgeSeconds: 60 } })
    const joined = serverOptionsOf(own, {}, { corsOrigins: ['https://a.example'] })
    expect(joined.cors).toEqual({ origins: ['https://own.example', 'https://a.example'], maxAgeSeconds: 60 })
    expect(serverOptionsOf(app, {}, { corsOrigins: [] })).toEqual({})
    const open = { cors: { origins: '*' } } as const
    expect(serverOptionsOf(own, open, { corsOrigins: ['https://a.example'] })).toEqual(open)
  })
})
