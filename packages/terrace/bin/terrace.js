#!/usr/bin/env node
import { main } from 'terrace/cli'

process.exitCode = await main(process.argv.slice(2))
