import { page } from '../../components/page'
import { dayOf, longDay } from '../../domain/dates'
import { getCommunity, getDocument } from '../../services/community'
import { acceptDocuments, getMembership } from '../../services/people'

/** A rule document as it is in force; a new version is accepted here by who is a member already. */
page({
  data: { id: '', title: '', version: '', body: '', mustAccept: false },
  async load(query) {
    const id = query['id']!
    const [{ today }, { head, body }, membership] = await Promise.all([getCommunity(), getDocument(id), getMembership().catch(() => undefined)])
    return { id, title: head.title, version: `第 ${head.version} 版，${longDay(dayOf(head.publishedAt), today)}发布`, body, mustAccept: membership?.documentsToAccept.some((d) => d.id === id) ?? false }
  },
  async accept() {
    if (await this.act(() => acceptDocuments([this.data.id]))) await this.reload()
  },
})
