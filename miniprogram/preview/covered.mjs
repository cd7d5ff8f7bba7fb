// What the preview covers of WeChat. The build refuses other elements, the runtime other calls, and a test the use of what isn't here.

/** Built-in elements. */
export const ELEMENTS = ['view', 'text', 'image', 'button', 'input', 'textarea', 'scroll-view', 'switch', 'picker', 'canvas']

/** Calls of wx, by the file of runtime/wx that has them. */
export const CALLS = {
  network: ['request', 'uploadFile', 'downloadFile', 'getNetworkType', 'onNetworkStatusChange', 'offNetworkStatusChange'],
  storage: ['getStorageSync', 'setStorageSync', 'removeStorageSync', 'clearStorageSync', 'getStorageInfoSync'],
  account: ['login', 'requestSubscribeMessage', 'getPrivacySetting', 'onNeedPrivacyAuthorization', 'requirePrivacyAuthorize', 'openPrivacyContract', 'getAccountInfoSync'],
  dialogs: ['showToast', 'hideToast', 'showLoading', 'hideLoading', 'showModal', 'showActionSheet'],
  navigation: ['navigateTo', 'redirectTo', 'switchTab', 'reLaunch', 'navigateBack', 'setNavigationBarTitle', 'startPullDownRefresh', 'stopPullDownRefresh', 'pageScrollTo', 'showShareMenu', 'getLaunchOptionsSync', 'getEnterOptionsSync', 'onAppShow', 'onAppHide'],
  device: [
    'scanCode', 'chooseMessageFile', 'chooseMedia', 'previewImage', 'getFuzzyLocation', 'makePhoneCall', 'addPhoneCalendar', 'setClipboardData', 'setKeepScreenOn', 'setScreenBrightness', 'getScreenBrightness', 'vibrateShort', 'createInnerAudioContext', 'openDocument', 'hideKeyboard',
    'getSystemInfoSync', 'getWindowInfo', 'getAppBaseInfo', 'getDeviceInfo', 'getMenuButtonBoundingClientRect', 'getRandomValues',
  ],
  rendering: ['createSelectorQuery', 'createAnimation', 'createIntersectionObserver', 'nextTick', 'canIUse', 'onThemeChange', 'offThemeChange', 'onWindowResize', 'offWindowResize'],
}
