
export function create({ router }) {
  // TDesign asks for animations where CSS does the work in a browser.
  const animation = new Proxy({}, { get: (_, name) => (name === 'export' ? () => ({ actions: [] }) : () => animation) })
  const ignore = () => {}
  return {
    createSelectorQuery: () => router.top().createSelectorQuery(),
    createIntersectionObserver: (component, options) => component.createIntersectionObserver(options),
    createAnimation: () => animation,
    nextTick: (act) => void Promise.resolve().then(act),
    canIUse: () => true,
    onThemeChange: ignore,
    offThemeChange: ignore,
    onWindowResize: (listener) => addEventListener('resize', () => listener({ size: { windowWidth: innerWidth, windowHeight: innerHeight } })),
    offWindowResize: ignore,
  }
}
