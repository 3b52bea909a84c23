/** A file that is not taken as a picture; the message is a sentence for the person who chose it. */
export class ImageRefused extends Error {
  override readonly name = 'ImageRefused';
}
