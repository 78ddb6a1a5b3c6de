import { column, refuses, untyped } from '../../../test/support/refusals.ts'
import { integer, json, oneOf, text } from '../index.ts'

refuses('values', [
  [
    'a default that is too long',
    column(text().length(1, 3).default('four')),
    'Thing.it: its default must have from 1 to 3 characters → Give it a default that its rules allow',
  ],
  [
    'a default of another type',
    column(untyped(integer())['default']?.('1')),
    'Thing.it: its default must be a whole number → Give it a default that its rules allow',
  ],
  [
    'a default out of range',
    column(integer().range(0, 9).default(10)),
    'Thing.it: its default must be from 0 to 9 → Give it a default that its rules allow',
  ],
  [
    'a default that is none of the values',
    column(untyped(oneOf('a'))['default']?.('b')),
    'Thing.it: its default must be one of "a" → Give it a default that its rules allow',
  ],
  [
    'a default of null',
    column(untyped(integer().nullable())['default']?.(null)),
    'Thing.it: default(null) says nothing: a nullable column is null when absent → Remove default()',
  ],
  [
    'an example out of range',
    column(integer().range(0, 9).example(10)),
    'Thing.it: its example must be from 0 to 9 → Give it an example that its rules allow',
  ],
  [
    'an example that is no JSON',
    column(untyped(json())['example']?.({ at: new Date(0) })),
    'Thing.it: its example must be JSON: a string, finite number, boolean, null, array or plain object → Give it an example that its rules allow',
  ],
])
