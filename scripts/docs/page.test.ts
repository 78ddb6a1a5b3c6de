import { expect, test } from 'vitest'
import { expectedOutput, isAsExpected } from './expected-output.ts'
import { pageOf } from './page.ts'

const fence = '```'
const block = (info: string, ...code: readonly string[]) => [fence + info, ...code, fence]
const page = (...blocks: readonly (readonly string[])[]) => pageOf('docs/page.md', blocks.flat().join('\n'))

test('a piece of code stands on the line that it has in the page', () => {
  const { files } = page(['# Title', ''], block('ts', 'one()'), ['text'], block('ts', 'two()'))
  expect([...files]).toEqual([
    ['example-4.ts', '\n\n\none()\n'],
    ['example-8.ts', '\n\n\n\n\n\n\ntwo()\n'],
  ])
})

test('blocks of one file follow one another', () => {
  const { files } = page(
    block('ts file=models.ts', 'a()'),
    block('ts run', 'b()'),
    block('ts file=models.ts', 'c()'),
    block('ts run', 'd()'),
  )
  expect([...files.keys()]).toEqual(['models.ts', 'example-5.ts', 'example-11.ts'])
  expect(files.get('models.ts')).toBe('\na()\n\n\n\n\n\nc()\n')
})

test('a hidden block counts, and one inside of another does not', () => {
  expect([...page(['<!--'], block('ts file=set-up.ts', 'a()'), ['-->']).files.keys()]).toEqual(['set-up.ts'])
  expect([...page(['````md'], block('ts', 'a()'), ['````']).files.keys()]).toEqual([])
})

test('steps are taken in the order of the page, a file where it ends', () => {
  const { steps } = page(
    block('ts serve file=app.ts', 'serve()'),
    block('console run', '$ curl localhost', '[]', '$ curl -s localhost', '{', '}'),
    block('ts run file=main.ts', 'log(1) // → 1'),
    block('console', '$ rm -rf /'),
    block('ts run', 'log(3) // → 3'),
    block('ts file=main.ts', 'log(2) // → 2'),
  )
  expect(steps).toEqual([
    { kind: 'serve', file: 'app.ts' },
    {
      kind: 'console',
      line: 5,
      commands: [
        { command: 'curl localhost', expected: '[]\n' },
        { command: 'curl -s localhost', expected: '{\n}\n' },
      ],
    },
    { kind: 'run', file: 'example-18.ts', expected: '3' },
    { kind: 'run', file: 'main.ts', expected: '1\n2' },
  ])
})

test('a block of output belongs to the code before it', () => {
  const { steps } = page(block('ts run', 'log(1) // → 1', 'log(2)'), block('text output', '2'), block('text', '3'))
  expect(steps).toEqual([{ kind: 'run', file: 'example-2.ts', expected: '1\n2' }])
})

test.each([
  ['ts rum', 'marked rum'],
  ['ts file=../up.ts', 'marked file=../up.ts'],
  ['sh file=x.ts', 'marked file=x.ts'],
  ['sh run', 'marked run'],
  ['typescript', 'not checked: write ts'],
])('a block of "%s" is refused with its line', (info, problem) => {
  expect(() => page(['text'], block(info, 'a()'))).toThrow(/^docs\/page\.md:2: /)
  expect(() => page(block(info, 'a()'))).toThrow(problem)
})

test('output is announced beside a statement or below it', () => {
  expect(expectedOutput(`log(1) // → 1\n// A remark.\nlog({})\n// → {\n//   a: 1\n// }\nlog('x')`)).toBe(
    '1\n{\n  a: 1\n}',
  )
})

test('output is compared in any spacing, with an ellipsis for what differs', () => {
  expect(isAsExpected('{\n  id: 7,\n  name: "a.b" }\n', '{ id: …, name: "a.b" }')).toBe(true)
  expect(isAsExpected('{ id: 7, name: "axb" }', '{ id: …, name: "a.b" }')).toBe(false)
  expect(isAsExpected('1 2', '1')).toBe(false)
  expect(isAsExpected('', '…')).toBe(true)
})
