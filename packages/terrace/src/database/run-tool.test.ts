import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { findTool, runTool, startTool, ToolFailure, ToolMissing } from './run-tool.ts'

const sh = (script: string) => ({ tool: 'sh', arguments: ['-c', script] })

test('keeps what a program has written that ended before anybody read it', async () => {
  const { input, output, done } = startTool(sh('echo whole; exit 0'))
  input.end()
  await done
  await sleep(20)
  expect(String(output.read())).toBe('whole\n')
})

test('tells the end of what a failing program said, and its exit code', async () => {
  const failure: unknown = await runTool(sh('echo why >&2; exit 7')).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(ToolFailure)
  expect(failure).toMatchObject({ tool: 'sh', exitCode: 7, words: 'why\n' })
})

test('tells a missing program from a failing one, and takes the first that is there', async () => {
  await expect(runTool({ tool: 'no-such-tool', arguments: [] })).rejects.toBeInstanceOf(ToolMissing)
  await expect(findTool(['no-such-tool', 'neither'])).rejects.toMatchObject({ tool: 'neither' })
  expect((await findTool(['no-such-tool', 'node'])).version).toMatch(/^v\d+/)
})

test('ends a program when it is told to stop, and rejects with the reason once it has ended', async () => {
  const stopping = new AbortController()
  const reason = new Error('enough')
  const { input, output, done } = startTool({ ...sh('echo $$; exec sleep 30'), signal: stopping.signal })
  input.end()
  const pid = Number(String((await output[Symbol.asyncIterator]().next()).value))
  stopping.abort(reason)
  await expect(done).rejects.toBe(reason)
  expect(() => process.kill(pid, 0)).toThrow(/ESRCH/)
})

test('ends a program whose output nobody takes any more', async () => {
  const { input, output, done } = startTool({ tool: 'yes', arguments: [] })
  input.end()
  await output[Symbol.asyncIterator]().next()
  output.destroy()
  await expect(done).rejects.toBeInstanceOf(ToolFailure)
})

test('gives variables to the program alone, and takes away those that are undefined', async () => {
  process.env['TERRACE_TEST_OUTER'] = 'outer'
  const environment = { TERRACE_TEST_INNER: 'inner', TERRACE_TEST_OUTER: undefined }
  const { input, output, done } = startTool({ ...sh('echo "$TERRACE_TEST_INNER-$TERRACE_TEST_OUTER"'), environment })
  input.end()
  await done
  expect(String(output.read())).toBe('inner-\n')
  delete process.env['TERRACE_TEST_OUTER']
})
