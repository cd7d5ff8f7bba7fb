/** Opens the camera and says which page the code belongs to; undefined when nothing was scanned. */
export async function scan(): Promise<string | undefined> {
  try {
    const { result, path } = await wx.scanCode({ onlyFromCamera: false })
    // Of a mini program code of ours WeChat says the page, with its scene; of any other code the text.
    return path ? `/${path.replace(/^\//, '')}` : `/pages/scan/scan?q=${encodeURIComponent(result)}`
  } catch {
    return undefined
  }
}
