#!/usr/bin/env node
import { main } from 'terrace/cli'

// Ends also where something that was given up is still open: what was to be said is out.
process.exit(await main(process.argv.slice(2)))
