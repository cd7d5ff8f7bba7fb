import { page } from '../../../components/page'
import { listDocuments } from '../../../services/community'
import { getMembership } from '../../../services/people'

/** What is kept, and for what: as the privacy notice has it, in short. */
const KEPT = [
  { what: '称呼、楼栋、手机号', why: '好让负责人找到您' },
  { what: '报名、签到、服务时长', why: '记录保存至少 10 年，供您开证明' },
  { what: '凤凰币和兑换', why: '每一枚都能说清由来' },
  { what: '姓名、证件号', why: '开第一份证明时才要，加密保存' },
  { what: '大致位置', why: '签到时您同意才记，不记也能签到' },
  { what: '相机、日历', why: '您点了才用，不保存' },
]

/** 隐私和资料: what is kept, who looked, everything as a list, and the two ways out. */
page({
  data: { kept: KEPT, notice: '' },
  async load() {
    const [documents] = await Promise.all([listDocuments(), getMembership()])
    return { notice: documents.find((d) => d.kind === 'privacyNotice')?.id ?? '' }
  },
  guide() {
    void wx.openPrivacyContract({})
  },
})
