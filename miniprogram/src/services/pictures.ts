import { upload } from '../api/client'
import { origin } from '../config'

/** Where a signed link to a picture is seen, for as long as it works. */
export const pictureAt = (link: string): string => origin + link

/** A picture from the album or the camera, on this phone; undefined when it was left. */
export async function choosePicture(): Promise<string | undefined> {
  try {
    return (await wx.chooseMedia({ count: 1, mediaType: ['image'], sizeType: ['compressed'] })).tempFiles[0]!.tempFilePath
  } catch {
    return undefined
  }
}

/** Sends a picture of this phone; its id, by which other calls name it. */
export const sendPicture = async (slot: string, file: string): Promise<string> => (await upload('/api/v1/communities/{communityId}/files', slot, file, {})).id
