/** Opens the camera and says which page the code belongs to; undefined when nothing was scanned. */
export async function scan(): Promise<string | undefined> {
  try {
    const { result } = await wx.scanCode({ onlyFromCamera: false })
    return `/pages/scan/scan?q=${encodeURIComponent(result)}`
  } catch {
    return undefined
  }
}
