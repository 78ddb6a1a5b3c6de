import { serve } from 'terrace/app'
import { app } from './app.ts'
import { startOptions } from './start.ts'

await serve(app, startOptions)
