import { settle } from './index.js'

export function create({ phone }) {
  const screen = () => ({
    windowWidth: innerWidth, windowHeight: innerHeight, screenWidth: innerWidth, screenHeight: innerHeight, pixelRatio: devicePixelRatio, statusBarHeight: 0, screenTop: 44,
    safeArea: { top: 0, left: 0, right: innerWidth, bottom: innerHeight, width: innerWidth, height: innerHeight },
  })
  // The phone's own font size: ?font=23 is what an elder sets.
  const base = () => ({ SDKVersion: '3.8.0', version: '8.0.60', language: 'zh_CN', theme: 'light', fontSizeSetting: Number(new URLSearchParams(location.search).get('font') ?? 16), host: { env: 'WeChat' } })
  const device = () => ({ brand: 'preview', model: 'preview', system: 'Preview 1', platform: 'devtools' })
  const done = (name, act = () => {}) => (options) =>
    settle(options, async () => {
      await act(options)
      return { errMsg: `${name}:ok` }
    })
  return {
    scanCode: (options) =>
      settle(options, async () => {
        const result = await phone.scan()
        if (!result) throw { errMsg: 'scanCode:fail cancel' }
        // A mini program code, as the simulator draws it: WeChat says which page it opens.
        const drawn = /^wxsimulator:\/\/wxacode\?(.*)$/.exec(result)
        if (drawn) {
          const [page, scene] = ['page', 'scene'].map((name) => new URLSearchParams(drawn[1]).get(name))
          return { result: '', path: `${page}?scene=${encodeURIComponent(scene)}`, scanType: 'WX_CODE', errMsg: 'scanCode:ok' }
        }
        return { result, scanType: 'QR_CODE', errMsg: 'scanCode:ok' }
      }),
    // A chat's files and the album's pictures are this machine's here.
    chooseMessageFile: (options) =>
      settle(options, async () => {
        const file = await chosen((options.extension ?? []).map((e) => `.${e}`).join(','))
        return { tempFiles: [{ path: URL.createObjectURL(file), name: file.name, size: file.size, type: 'file', time: file.lastModified }], errMsg: 'chooseMessageFile:ok' }
      }),
    chooseMedia: (options) =>
      settle(options, async () => {
        const file = await chosen('image/*')
        return { tempFiles: [{ tempFilePath: URL.createObjectURL(file), size: file.size, fileType: 'image' }], type: 'image', errMsg: 'chooseMedia:ok' }
      }),
    previewImage: done('previewImage', (o) => window.open(o.current ?? o.urls[0])),
    getFuzzyLocation: (options) => settle(options, () => ({ latitude: 30.4, longitude: 104.03, errMsg: 'getFuzzyLocation:ok' })),
    makePhoneCall: done('makePhoneCall', (o) => phone.modal({ title: o.phoneNumber, content: '手机上会拨打这个号码。', showCancel: false })),
    addPhoneCalendar: done('addPhoneCalendar', (o) => phone.toast(`已加到日历：${o.title}`)),
    setClipboardData: done('setClipboardData', async (o) => {
      await navigator.clipboard?.writeText(o.data).catch(() => {})
      phone.toast('内容已复制')
    }),
    setKeepScreenOn: done('setKeepScreenOn', (o) => void (phone.screen.keepsOn = o.keepScreenOn)),
    setScreenBrightness: done('setScreenBrightness', (o) => void (phone.screen.brightness = o.value)),
    getScreenBrightness: (options) => settle(options, () => ({ value: phone.screen.brightness })),
    vibrateShort: done('vibrateShort'),
    createInnerAudioContext: () => ({
      src: '',
      play() {
        phone.heard.push(this.src)
        // A browser plays nothing before the first tap.
        new Audio(phone.file(this.src)).play().catch(() => {})
      },
      stop() {},
      destroy() {},
      onEnded() {},
      onError() {},
    }),
    openDocument: done('openDocument', (o) => window.open(o.filePath)),
    hideKeyboard: done('hideKeyboard', () => document.activeElement?.blur()),
    getSystemInfoSync: () => ({ ...screen(), ...base(), ...device() }),
    getWindowInfo: screen,
    getAppBaseInfo: base,
    getDeviceInfo: device,
    getMenuButtonBoundingClientRect: () => ({ top: 6, bottom: 38, left: innerWidth - 94, right: innerWidth - 7, width: 87, height: 32 }),
    getRandomValues: (options) => settle(options, () => ({ randomValues: crypto.getRandomValues(new Uint8Array(options.length)).buffer })),
  }
}

/** A file of this machine, as somebody chooses it. */
async function chosen(accept) {
  const field = Object.assign(document.createElement('input'), { type: 'file', accept })
  field.click()
  await new Promise((done) => field.addEventListener('change', done, { once: true }))
  return field.files[0]
}
