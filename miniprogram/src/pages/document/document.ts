import { page } from '../../components/page'
import { dayOf, longDay } from '../../domain/dates'
import { getCommunity, getDocument, listVersions } from '../../services/community'
import { acceptDocuments, getMembership } from '../../services/people'

/** A rule document as it is in force; a new version is accepted here by who is a member already. */
page({
  data: { id: '', title: '', version: '', body: '', mustAccept: false, others: [] as { id: string; text: string }[] },
  async load(query) {
    const id = query['id']!
    const [{ today }, { head, body }, versions, membership] = await Promise.all([getCommunity(), getDocument(id), listVersions(id), getMembership().catch(() => undefined)])
    const said = (d: { version: number; publishedAt: string }) => `第 ${d.version} 版，${longDay(dayOf(d.publishedAt), today)}发布`
    return { id, title: head.title, version: said(head), body, others: versions.filter((d) => d.id !== id).map((d) => ({ id: d.id, text: said(d) })), mustAccept: membership?.documentsToAccept.some((d) => d.id === id) ?? false }
  },
  async accept() {
    if (await this.act(() => acceptDocuments([this.data.id]))) await this.reload()
  },
})
