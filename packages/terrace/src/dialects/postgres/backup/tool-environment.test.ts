import { afterEach, expect, test, vi } from 'vitest'
import { toolEnvironment } from './tool-environment.ts'

afterEach(() => vi.unstubAllEnvs())

test('carries over all that the URL says, decoded', () => {
  const url =
    'postgres://us%40er:p%3Ass%20w@db.example:6432/my%20shop?sslmode=verify-ca&sslrootcert=/ca.pem&sslcert=/c&sslkey=/k&application_name=shop'
  expect(toolEnvironment(url)).toMatchObject({
    PGHOST: 'db.example',
    PGPORT: '6432',
    PGUSER: 'us@er',
    PGPASSWORD: 'p:ss w',
    PGDATABASE: 'my shop',
    PGSSLMODE: 'verify-ca',
    PGSSLROOTCERT: '/ca.pem',
    PGSSLCERT: '/c',
    PGSSLKEY: '/k',
    PGAPPNAME: 'shop',
  })
})

test.each([
  ['postgres:///shop?host=/var/run/postgresql', '/var/run/postgresql'],
  ['postgres://u@%2Fvar%2Frun%2Fpostgresql/shop', '/var/run/postgresql'],
  ['postgres://u@[::1]/shop', '::1'],
  ['postgres:///shop', 'localhost'],
])('finds the server of %s at %s', (url, host) => {
  expect(toolEnvironment(url)['PGHOST']).toBe(host)
})

test.each([
  ['sslmode=no-verify', 'require'],
  ['sslmode=disable', 'disable'],
  ['ssl=true', 'verify-full'],
  ['ssl=0', 'disable'],
])('says %s to the client programs as %s', (option, mode) => {
  expect(toolEnvironment(`postgres://u@h/shop?${option}`)['PGSSLMODE']).toBe(mode)
})

test('leaves to the environment what the URL does not say, but for what would go before it', () => {
  vi.stubEnv('PGHOST', 'from.environment')
  const environment = toolEnvironment('postgres:///shop')
  expect(environment['PGHOST']).toBe('from.environment')
  expect(Object.hasOwn(environment, 'PGPASSWORD')).toBe(false)
  expect(environment).toMatchObject({ PGSERVICE: undefined, PGHOSTADDR: undefined })
})
