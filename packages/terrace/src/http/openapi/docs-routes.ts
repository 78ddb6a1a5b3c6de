import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { fastify } from 'fastify'
import type { FastifyPluginCallback } from 'fastify'
import type { OwnRoute } from '../own-routes.ts'

/** The package whose bundle the page runs. Optional, as drivers are: an app that shows the page brings it. */
export const docsPackage = '@scalar/fastify-api-reference'

/** Whether the app has brought what the page needs. */
export function hasDocsPackage(): boolean {
  try {
    createRequire(import.meta.url).resolve(docsPackage)
    return true
  } catch {
    return false
  }
}

/**
 * `/docs`: a page to read the API on and to try it from, and the script that it runs; everything comes from the app itself, and the
 * page may load nothing from anywhere else. The script is megabytes: it is read at the first request of the page.
 */
export function docsRoutes({ title }: { readonly title: string }): readonly OwnRoute[] {
  let kept: Promise<Bundle> | null = null
  const bundle = (): Promise<Bundle> => (kept ??= readBundle())
  return [
    {
      path: '/docs',
      answer: async () => ({
        status: 200,
        headers: {
          'content-type': 'text/html; charset=utf-8',
          'cache-control': 'no-cache',
          'content-security-policy': policy,
        },
        payload: pageOf(title, await bundle()),
      }),
    },
    {
      path: '/docs/scalar.js',
      answer: async () => ({
        status: 200,
        headers: {
          'content-type': 'text/javascript; charset=utf-8',
          // The page names it with its hash, so what is kept under a name never changes.
          'cache-control': 'public, max-age=31536000, immutable',
        },
        payload: (await bundle()).script,
      }),
    },
  ]
}

// Scalar writes styles into the page and its elements; scripts come from here alone, and nothing is evaluated from text.
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Without fonts, telemetry, proxies and assistants of its maker: each of them is a request to another host. */
const configuration = {
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
} as const

interface Bundle {
  readonly script: string
  readonly hash: string
}

interface ScalarOptions {
  readonly routePrefix: string
  readonly configuration: { readonly url: string }
}

/** The package gives its script by answering for it, so it is asked for. */
async function readBundle(): Promise<Bundle> {
  const { default: scalar } = (await import(docsPackage)) as { readonly default: FastifyPluginCallback<ScalarOptions> }
  const server = fastify()
  server.register(scalar, { routePrefix: '/docs', configuration: { url: '/openapi.json' } })
  const { statusCode, payload } = await server.inject('/docs/js/scalar.js')
  await server.close()
  if (statusCode !== 200) throw new Error(`${docsPackage} has no script at its path: it answered ${statusCode}`)
  return { script: payload, hash: createHash('sha256').update(payload).digest('base64url').slice(0, 16) }
}

/** Addresses are relative, so that the page also works behind a proxy that serves the app below a path. */
function pageOf(title: string, { hash }: Bundle): string {
  const settings = escaped(JSON.stringify(configuration))
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
</head>
<body>
<noscript>This page needs JavaScript. The document it shows is <a href="openapi.json">openapi.json</a>.</noscript>
<script id="api-reference" data-url="openapi.json" data-configuration="${settings}"></script>
<script src="docs/scalar.js?v=${hash}"></script>
</body>
</html>
`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] as string)
}
