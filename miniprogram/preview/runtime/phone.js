// What stands around the program on a phone: sheets and toasts as WeChat draws them, the person's WeChat account, the frame's codes.

const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}

/** The phone of one frame. `user` is an openid of the simulator. */
export function createPhone({ user, frame }) {
  const sheet = (build, isLow = false) =>
    new Promise((resolve) => {
      const mask = element('div', { className: isLow ? 'mp-mask mp-low' : 'mp-mask' })
      const done = (value) => {
        mask.remove()
        resolve(value)
      }
      const box = element('div', { className: 'mp-sheet' })
      box.setAttribute('role', 'dialog')
      box.append(...build(done))
      mask.append(box)
      document.body.append(mask)
    })
  const button = (text, act, isMain) => element('button', { textContent: text, className: isMain ? 'mp-main' : '', onclick: act })

  const phone = {
    user,
    frame,
    isOnline: true,
    /** Sounds that were played, by their files, and how the screen is set. */
    heard: [],
    screen: { keepsOn: false, brightness: 0.5 },
    /** A file of the program, as an address. */
    // A picture of the API is this host's, as its requests are.
    file: (path) => (/^https?:.*\/api\//.test(path) ? path.replace(/^https?:\/\/[^/]+/, '') : /^(https?|data|blob):/.test(path) ? path : path.startsWith('/api/') ? path : `files/${path.replace(/^\//, '')}`),

    modal: ({ title = '', content = '', showCancel = true, confirmText = '确定', cancelText = '取消' }) =>
      sheet((done) => [
        element('h3', { textContent: title }),
        element('p', { textContent: content }),
        element('footer', {}, ...(showCancel ? [button(cancelText, () => done(false))] : []), button(confirmText, () => done(true), true)),
      ]),
    /** A sentence typed, or undefined. */
    prompt: ({ title = '', content = '', placeholderText = '', confirmText = '确定', cancelText = '取消' }) =>
      sheet((done) => {
        const field = element('input', { type: 'text', value: content, placeholder: placeholderText })
        field.setAttribute('aria-label', title)
        return [element('h3', { textContent: title }), field, element('footer', {}, button(cancelText, () => done(undefined)), button(confirmText, () => done(field.value), true))]
      }),
    /** Which line was taken, or undefined. */
    choose: (lines) => sheet((done) => [...lines.map((line, i) => button(line, () => done(i))), button('取消', () => done(undefined))], true),
    /** One value typed, or undefined. */
    ask: ({ type = 'text', value = '', min, max, title = '' }) =>
      sheet((done) => {
        const field = element('input', { type: type === 'date' || type === 'time' ? type : 'text', value, min: min ?? '', max: max ?? '' })
        field.setAttribute('aria-label', title || '填写')
        return [element('h3', { textContent: title }), field, element('footer', {}, button('取消', () => done(undefined)), button('确定', () => done(field.value), true))]
      }, true),
    /** WeChat's own question for subscribe messages: which were ticked, whether to keep the choice; undefined when closed. */
    subscribe: (templates) =>
      sheet((done) => {
        const ticks = templates.map((t) => element('input', { type: 'checkbox', checked: true, value: t.templateId }))
        const keep = element('input', { type: 'checkbox' })
        const answer = (accepts) => done({ accepted: accepts ? ticks.filter((t) => t.checked).map((t) => t.value) : [], keep: keep.checked })
        return [
          element('h3', { textContent: '凤凰里志愿 申请发送以下消息' }),
          ...templates.map((t, i) => element('label', {}, ticks[i], t.title)),
          element('label', {}, keep, '总是保持以上选择，不再询问'),
          element('footer', {}, button('取消', () => answer(false)), button('允许', () => answer(true), true)),
        ]
      }, true),
    toast(text, milliseconds = 1500) {
      document.querySelector('.mp-toast')?.remove()
      if (!text) return
      const box = element('div', { className: 'mp-toast', textContent: text })
      box.setAttribute('role', 'status')
      document.body.append(box)
      if (milliseconds) setTimeout(() => box.remove(), milliseconds)
    },

    /** A call of the simulator as this phone. */
    async simulator(path, body) {
      const answer = await fetch(`/simulator/client/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ openId: user, ...body }) })
      return answer.json()
    },
    /** What a button with an open-type does. */
    async open(type) {
      if (type === 'getPhoneNumber') return { event: 'getphonenumber', detail: await phone.simulator('phone', {}) }
      if (type === 'chooseAvatar') return { event: 'chooseavatar', detail: { avatarUrl: phone.file('/assets/feather.svg') } }
      if (type === 'agreePrivacyAuthorization') return { event: 'agreeprivacyauthorization', detail: {} }
      if (type === 'share' || type === 'contact') return void phone.toast('微信里可以用，预览里不行')
      throw new Error(`open-type "${type}" is not covered by the preview`)
    },

    /** Codes that this phone shows now: the `qrText` of whatever component has one. */
    codes: () => [],
    /** Codes that the other phones of the window show: name and text. */
    codesAround: () => globalThis.parent?.phoenixCodes?.(frame) ?? [],
    /** What a camera would read: picked from the other phones, or typed. */
    async scan() {
      const around = phone.codesAround()
      const chosen = await phone.choose([...around.map((c) => `${c.name}屏幕上的码`), '输入码上的内容'])
      if (chosen === undefined) return undefined
      return chosen < around.length ? around[chosen].text : phone.ask({ title: '码上的内容' })
    },
  }
  return phone
}
