import { serve } from 'terrace/app'
import { app } from './app.ts'
import { greet } from './greet.ts'

await serve(app, { greet })
