import { grammarErasure } from './grammar/grammar-erasure.ts'

grammarErasure(['postgres'])
