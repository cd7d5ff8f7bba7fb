/** Lengths in rpx (750 are the width of the phone) as CSS. */
export const rpx = (text) => text.replace(/(-?\d*\.?\d+)rpx\b/g, 'calc($1 * var(--rpx))')
