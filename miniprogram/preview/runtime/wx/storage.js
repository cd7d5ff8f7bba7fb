// Storage of this phone alone: frames of one window don't share it.
export function create({ phone }) {
  const prefix = `phone:${phone.frame}:`
  const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(prefix))
  return {
    getStorageSync(key) {
      const value = localStorage.getItem(prefix + key)
      return value === null ? '' : JSON.parse(value)
    },
    setStorageSync: (key, value) => localStorage.setItem(prefix + key, JSON.stringify(value)),
    removeStorageSync: (key) => localStorage.removeItem(prefix + key),
    clearStorageSync: () => keys().forEach((key) => localStorage.removeItem(key)),
    getStorageInfoSync: () => ({ keys: keys().map((key) => key.slice(prefix.length)), currentSize: 1, limitSize: 10240 }),
  }
}
