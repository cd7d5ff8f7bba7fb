import { change, download, get, openFile } from '../api/client'

const C = '/api/v1/communities/{communityId}'

/** What staff published about an activity. */
export const getSummary = (id: string) => get(`${C}/activities/{id}/summary`, { path: { id } })

/** The summary as who runs the activity sees it, with the exact figures. */
export const getSummaryDraft = (id: string) => get(`${C}/activities/{id}/summary/draft`, { path: { id } })

/** Own words, or with null the automatic ones again. */
export const writeSummary = (id: string, text: string | null, version: number) => change('put', `${C}/activities/{id}/summary`, `summary:${id}`, { path: { id }, body: { text, version } })

/** Shows it to every member, as it stands now. */
export const publishSummary = (id: string, version: number) => change('post', `${C}/activities/{id}/summary/publication`, `publish-summary:${id}`, { path: { id }, body: { version } })

/** Takes it back. */
export const withdrawSummary = (id: string, version: number) => change('post', `${C}/activities/{id}/summary/withdrawal`, `withdraw-summary:${id}`, { path: { id }, body: { version } })

/** Opens the page for the file. */
export const openSummary = (id: string) => openFile(`/activities/${id}/summary/page`, 'pdf', '小结还没准备好，请过一会儿再试，或先复制文字。')

/** The activity's code, fetched to this phone. */
export const activityCode = (id: string) => download(`/activities/${id}/code`, '没有码可看：活动要已经发布、还有接下来的时段。请返回活动看一看。')

/** Opens the A4 poster, which WeChat lets the person send to a printer. */
export const openPoster = (id: string) => openFile(`/activities/${id}/poster`, 'pdf', '海报还没准备好，请过一会儿再试，或先用小程序码。')
