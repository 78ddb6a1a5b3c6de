#!/usr/bin/env node
// An old Node can parse this file and load what it names: what is missing there would only show where it is called.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `error Terrace needs Node 22.18 or newer, and this is ${process.version}\n  → Install a newer Node\n`,
  )
  process.exit(2)
}

const { main } = await import('terrace/cli')

// Ends also where something that was given up is still open: what was to be said is out.
process.exit(await main(process.argv.slice(2)))
