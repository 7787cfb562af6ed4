/**
 * How much of a stranger's text we look at. Nagios cuts plugin output at 8,192 bytes, and
 * percent-encoding makes three of each, so an honest notification stays below half of `bodyBytes`.
 */
export const limits = {
  bodyBytes: 65_536,
  jsonDepth: 16,
  keys: 256,
  /** Seconds between the signer's clock and ours, either way (Standard Webhooks). */
  timestampTolerance: 300,
  idCharacters: 255,
  outputCharacters: 500,
  nameCharacters: 255,
  /** Signatures tried of one request; a rotation needs two. */
  signatures: 8,
  /** How much of a refused value is shown in the answer. */
  shownCharacters: 80,
} as const;
