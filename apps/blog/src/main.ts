import { serve } from 'terrace/app'
import { app } from './app.ts'

await serve(app)
