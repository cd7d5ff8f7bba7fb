import { get } from '../api/client'

/** What a fixed code stands for. */
export const resolveScene = (scene: string) => get('/api/v1/scenes/{scene}', { path: { scene } })
