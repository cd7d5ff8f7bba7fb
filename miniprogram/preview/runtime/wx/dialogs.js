import { settle } from './index.js'

export function create({ phone }) {
  return {
    showToast: (options) => settle(options, () => phone.toast(options.title, options.duration ?? 1500)),
    hideToast: (options) => settle(options, () => phone.toast('')),
    showLoading: (options) => settle(options, () => phone.toast(options.title, 0)),
    hideLoading: (options) => settle(options, () => phone.toast('')),
    showModal: (options) =>
      settle(options, async () => {
        for (const text of [options.confirmText, options.cancelText]) if (text?.length > 4) throw { errMsg: `showModal:fail ${text} is longer than 4 characters` }
        const content = options.editable ? await phone.prompt(options) : undefined
        const confirm = options.editable ? content !== undefined : await phone.modal(options)
        return { confirm, cancel: !confirm, content, errMsg: 'showModal:ok' }
      }),
    showActionSheet: (options) =>
      settle(options, async () => {
        if (options.itemList.length > 6) throw { errMsg: 'showActionSheet:fail parameter error: itemList should not be larger than 6' }
        const tapIndex = await phone.choose(options.itemList)
        if (tapIndex === undefined) throw { errMsg: 'showActionSheet:fail cancel' }
        return { tapIndex, errMsg: 'showActionSheet:ok' }
      }),
  }
}
