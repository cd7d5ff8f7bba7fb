import { page } from '../../components/page'
import { dayOf, longDay } from '../../domain/dates'
import { getCommunity, getDocument } from '../../services/community'

/** A rule document as it is in force. */
page({
  data: { title: '', version: '', body: '' },
  async load(query) {
    const [{ today }, { head, body }] = await Promise.all([getCommunity(), getDocument(query['id']!)])
    return { title: head.title, version: `第 ${head.version} 版，${longDay(dayOf(head.publishedAt), today)}发布`, body }
  },
})
