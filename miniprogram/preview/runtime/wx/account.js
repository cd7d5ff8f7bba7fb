// The person's WeChat account is one of the simulator's.
import { settle } from './index.js'

export function create({ phone }) {
  return {
    login: (options) =>
      settle(options, async () => {
        const answer = await phone.simulator('login')
        if (!answer.code) throw { errMsg: answer.errMsg ?? 'login:fail' }
        return answer
      }),
    requestSubscribeMessage: (options) =>
      settle(options, async () => {
        const asked = await phone.simulator('prompt', { tmplIds: options.tmplIds })
        const shown = asked.templates ?? []
        const answer = shown.length > 0 ? await phone.subscribe(shown) : { accepted: [], keep: false }
        const choices = Object.fromEntries(shown.map((t) => [t.templateId, answer.accepted.includes(t.templateId) ? 'accept' : 'reject']))
        return phone.simulator('subscribe', { tmplIds: options.tmplIds, choices, keep: answer.keep })
      }),
    getPrivacySetting: (options) => settle(options, () => ({ needAuthorization: false, privacyContractName: '《凤凰里志愿小程序隐私保护指引》' })),
    onNeedPrivacyAuthorization: () => {},
    requirePrivacyAuthorize: (options) => settle(options, () => ({ errMsg: 'requirePrivacyAuthorize:ok' })),
    openPrivacyContract: (options) => settle(options, () => phone.modal({ title: '隐私保护指引', content: '发布后，这里显示微信后台填写的隐私保护指引。', showCancel: false })),
    getAccountInfoSync: () => ({ miniProgram: { appId: 'wxpreview', envVersion: 'develop', version: '' } }),
  }
}
