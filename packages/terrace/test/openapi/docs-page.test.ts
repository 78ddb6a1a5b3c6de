import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startApp } from '../../src/app/index.ts'
import type { RunningApp } from '../../src/app/index.ts'
import { bazaarApp } from './bazaar-app.ts'

/** `TERRACE_TEST_CHROMIUM`, or what is installed under one of its usual names. */
function findChromium(): string | null {
  const { TERRACE_TEST_CHROMIUM: given = '', PATH = '' } = process.env
  if (given !== '') return given
  const names = ['chromium', 'chromium-browser', 'google-chrome']
  const places = PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))
  return places.find(isExecutable) ?? null
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const executablePath = findChromium()
const isRequired = (process.env['TERRACE_TEST_REQUIRE'] ?? '').split(',').includes('chromium')
if (executablePath === null && isRequired) throw new Error('TERRACE_TEST_REQUIRE asks for chromium, and there is none')

const reason = executablePath === null ? ' (skipped: no Chromium in PATH or TERRACE_TEST_CHROMIUM)' : ''

describe.skipIf(executablePath === null)(`/docs in a browser${reason}`, { timeout: 60_000 }, () => {
  let running: RunningApp
  let browser: Browser
  let page: Page
  const asked: URL[] = []
  const complaints: string[] = []

  beforeAll(async () => {
    running = await startApp(bazaarApp(), {
      databaseUrl: 'sqlite::memory:',
      host: '127.0.0.1',
      port: 0,
      log: 'error',
      docs: true,
    })
    // The sandbox of a browser that runs as root, as in containers, cannot start.
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] })
    page = await browser.newPage()
    page.on('request', (request) => asked.push(new URL(request.url())))
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(String(error)))
    await page.goto(`${running.url}/docs`)
  }, 60_000)

  afterAll(async () => {
    await browser.close()
    await running.stop()
  })

  test('shows the app and its operations, and what can be done with one', async () => {
    await page.getByRole('heading', { name: 'Bazaar <"&> API' }).waitFor()
    await page.getByText('Say hello').first().waitFor()
    await page.getByRole('button', { name: 'Open Group - Sample' }).click()
    await page.getByText('List Samples').first().waitFor()
    expect(await page.title()).toContain('Bazaar')
  })

  test('asks nobody but the app, and its policy refuses nothing that it needs', async () => {
    // What it would ask for beside the document it asks for right after it is shown.
    await page.waitForTimeout(1_000)
    const elsewhere = asked.filter(({ protocol, origin }) => protocol !== 'data:' && origin !== running.url)
    expect(elsewhere.map(({ href }) => href)).toEqual([])
    expect(asked.map(({ pathname }) => pathname)).toEqual(
      expect.arrayContaining(['/docs', '/docs/scalar.js', '/openapi.json']),
    )
    expect(complaints).toEqual([])
  })
})
