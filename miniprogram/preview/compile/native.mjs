/** All built-in elements of WeChat: in the browser their tags begin with wx-. */
export const NATIVE = [
  'view', 'text', 'image', 'button', 'input', 'textarea', 'switch', 'picker', 'picker-view', 'picker-view-column', 'scroll-view', 'swiper', 'swiper-item', 'form', 'label', 'checkbox', 'checkbox-group', 'radio', 'radio-group',
  'navigator', 'rich-text', 'icon', 'progress', 'slider', 'video', 'audio', 'canvas', 'map', 'camera', 'cover-view', 'cover-image', 'web-view', 'movable-area', 'movable-view', 'match-media', 'page-meta', 'navigation-bar',
  'root-portal', 'page-container', 'share-element', 'editor', 'ad', 'official-account', 'open-data', 'live-player', 'live-pusher', 'functional-page-navigator', 'keyboard-accessory', 'sticky-header', 'sticky-section',
  'grid-view', 'list-view',
]
