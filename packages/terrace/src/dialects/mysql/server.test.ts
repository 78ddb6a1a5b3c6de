import { expect, test } from 'vitest'
import { parseServer, tooOld } from './server.ts'

test.each([
  ['10.11.19-MariaDB-0+deb12u1', 'MariaDB', '10.11.19'],
  ['5.5.5-10.6.12-MariaDB-log', 'MariaDB', '10.6.12'],
  ['8.4.2', 'MySQL', '8.4.2'],
  ['8.0.36-0ubuntu0.22.04.1', 'MySQL', '8.0.36'],
])('%s is %s %s', (text, product, version) => {
  expect(parseServer(text)).toEqual({ product, version })
})

test.each([
  ['10.4.30-MariaDB', 'MariaDB 10.4.30 is older than 10.5'],
  ['5.7.44', 'MySQL 5.7.44 is older than 8.0.19'],
  ['8.0.18', 'MySQL 8.0.18 is older than 8.0.19'],
])('%s is too old', (text, problem) => {
  expect(tooOld(parseServer(text))).toBe(problem)
})

test.each(['10.5.0-MariaDB', '11.4.2-MariaDB', '8.0.19', '8.4.0', '9.1.0'])('%s is not', (text) => {
  expect(tooOld(parseServer(text))).toBeNull()
})
