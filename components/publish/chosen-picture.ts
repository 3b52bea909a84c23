import type { Picture } from '@opengpu/sdk/kernels/picture';

/** A decoded picture that the visitor chose. */
export interface ChosenPicture extends Picture {
  /** Shown as text. */
  fileName: string;
  /** Tells two choices apart without comparing their pixels. */
  choice: number;
}
