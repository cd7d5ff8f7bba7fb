import type { PersonalSection } from '../../../api/schema'
import { page } from '../../../components/page'
import { dayOf, longDay, timeOf } from '../../../domain/dates'
import { getPersonalData } from '../../../services/privacy'

/** Rows of a section that are shown; all of them are in what is copied. */
const SHOWN = 20

const view = (s: PersonalSection) => ({
  title: s.title,
  count: s.rows.length,
  rows: s.rows.slice(0, SHOWN).map((row, key) => ({ key, cells: row.map((value, i) => ({ name: s.columns[i]!, value })).filter((c) => c.value) })),
})

/** Everything as text: what is copied can be pasted anywhere. */
const text = (sections: readonly PersonalSection[]) => sections.map((s) => [`【${s.title}】`, s.columns.join('\t'), ...s.rows.map((r) => r.join('\t'))].join('\n')).join('\n\n')

/** 我的全部资料, or a child's (?child): all that is kept, to read and to take along. Nothing of it is kept on the phone. */
page({
  isOnce: true,
  data: { at: '', sections: [] as ReturnType<typeof view>[], all: '' },
  async load(query) {
    const { generatedAt, sections } = await getPersonalData(query['child'])
    return { at: `${longDay(dayOf(generatedAt), '')} ${timeOf(generatedAt)}`, sections: sections.filter((s) => s.rows.length > 0).map(view), all: text(sections) }
  },
  async copy() {
    await wx.setClipboardData({ data: this.data.all })
  },
})
