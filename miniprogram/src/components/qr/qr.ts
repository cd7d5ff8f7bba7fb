import qrcode from 'qrcode-generator'

/** Pixels of a module, and modules of quiet zone (ISO/IEC 18004 asks for four). */
const CELL = 8
const MARGIN = 4 * CELL

/** A QR code of a text, error correction level M. */
Component({
  properties: { qrText: String },
  data: { picture: '' },
  observers: {
    qrText(text: string) {
      if (!text) return
      const code = qrcode(0, 'M')
      code.addData(text)
      code.make()
      this.setData({ picture: code.createDataURL(CELL, MARGIN) })
    },
  },
})
