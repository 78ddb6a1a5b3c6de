// Plain JavaScript that an old Node can parse: the rest of the repository is TypeScript, which Node runs from 22.18 on.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`Terrace needs Node 22.18 or newer, this is ${process.version}: run "npm ci", or install a newer Node.`)
  process.exit(1)
}
