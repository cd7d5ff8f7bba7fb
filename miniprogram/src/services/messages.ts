import type { NoticeGroup } from '../api/schema'
import { change, get } from '../api/client'

const C = '/api/v1/communities/{communityId}'

/** The inbox, newest first. */
export const listMessages = (cursor?: string) => get('/api/v1/messages', { query: { ...(cursor && { cursor }) } as never })

/** How many are unread. */
export const countUnread = async () => (await get('/api/v1/messages/unread', {})).count

/** Marks one read, in its community. */
export const markRead = (id: string) => change('post', `${C}/messages/{id}/read`, `read:${id}`, { path: { id } })

/** What WeChat brings, by group, and the hours in which it is quiet. */
export const getPreferences = () => get('/api/v1/messages/preferences', {})

/** Switches a group on or off. */
export const switchGroup = (group: NoticeGroup, isOn: boolean) => change('put', '/api/v1/messages/preferences', `preference:${group}`, { body: { group, isOn } })

/** Screens with a button that may carry WeChat's prompt. */
export type Screen = 'signup' | 'waitlist' | 'shift' | 'record' | 'hold' | 'coins' | 'family' | 'need'

/** Templates to ask for on a screen: fetched with the page, so that the prompt comes first in the tap. */
export const templatesFor = async (screen: Screen): Promise<string[]> => (await get(`${C}/messages/templates`, { query: { screen } as never })).templates.map((t) => t.templateId)

/** WeChat's prompt; first in a tap, or WeChat refuses it. What was answered is reported; a prompt that fails never stops what the tap is for. */
export async function askToTell(templateIds: string[]) {
  if (templateIds.length === 0) return
  try {
    const answer = (await wx.requestSubscribeMessage({ tmplIds: templateIds })) as unknown as Record<string, string>
    const answers = templateIds.filter((id) => answer[id] !== undefined).map((id) => ({ templateId: id, result: answer[id] as 'accept' }))
    // Not waited for: what the tap is for comes first.
    if (answers.length > 0) void change('post', '/api/v1/messages/consents', 'consents', { body: { answers } }).catch(() => {})
  } catch {
    // Told or not told: the inbox has it.
  }
}
