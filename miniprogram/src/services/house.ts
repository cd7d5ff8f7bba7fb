import type { PlaceKind, PostDeskRequest, RotaRequest, StationDeskRequest, TeamDeskRequest } from '../api/schema'
import { change, get } from '../api/client'

const C = '/api/v1/communities/{communityId}'

/** Most that a choice offers at once; more are found in their list. */
export const CHOICES = 100

const paged = (withArchived: boolean, cursor?: string, limit?: number) => ({ ...(withArchived && { archived: true }), ...(cursor && { cursor }), ...(limit && { limit }) }) as never

/** 志愿服务队, by name; those that were dissolved too where wanted. */
export const listTeams = (withArchived: boolean, cursor?: string, limit?: number) => get(`${C}/teams`, { query: paged(withArchived, cursor, limit) })
export const getTeam = (id: string) => get(`${C}/teams/{id}`, { path: { id } })
export const saveTeam = (id: string | undefined, form: TeamDeskRequest) => (id ? change('put', `${C}/teams/{id}`, `team:${id}`, { path: { id }, body: form }) : change('post', `${C}/teams`, 'team:new', { body: form }))

/** 志愿服务站 and 新时代文明实践站, by name. */
export const listStations = (withArchived: boolean, cursor?: string, limit?: number) => get(`${C}/stations`, { query: paged(withArchived, cursor, limit) })
export const getStation = (id: string) => get(`${C}/stations/{id}`, { path: { id } })
export const saveStation = (id: string | undefined, form: StationDeskRequest) => (id ? change('put', `${C}/stations/{id}`, `station:${id}`, { path: { id }, body: form }) : change('post', `${C}/stations`, 'station:new', { body: form }))

/** 志愿服务岗, by name. */
export const listPosts = (withArchived: boolean, cursor?: string) => get(`${C}/posts`, { query: paged(withArchived, cursor) })
export const getPost = (id: string) => get(`${C}/posts/{id}`, { path: { id } })
export const savePost = (id: string | undefined, form: PostDeskRequest) => (id ? change('put', `${C}/posts/{id}`, `post:${id}`, { path: { id }, body: form }) : change('post', `${C}/posts`, 'post:new', { body: form }))

/** A post's week, line by line. A line is changed by ending it and adding another. */
export const listRota = async (post: string) => (await get(`${C}/posts/{id}/rota`, { path: { id: post } })).items
export const addRota = (post: string, line: RotaRequest) => change('post', `${C}/posts/{id}/rota`, `rota:${post}`, { path: { id: post }, body: line })
export const endRota = (line: string, to: string) => change('post', `${C}/rota-lines/{id}/end`, `rota-end:${line}`, { path: { id: line }, body: { to } })

/** What is below a place, the grids below none; by name. */
export const listPlaces = (parent: string | undefined, withArchived: boolean, cursor?: string) => get(`${C}/places`, { query: { ...(parent && { parent }), ...(paged(withArchived, cursor) as object) } as never })
export const addPlace = (kind: PlaceKind, parentId: string | null, name: string) => change('post', `${C}/places`, `place:new:${parentId ?? ''}`, { body: { kind, parentId, name } })
export const changePlace = (id: string, place: { parentId: string | null; name: string; isArchived: boolean; version: number }) => change('put', `${C}/places/{id}`, `place:${id}`, { path: { id }, body: place })
