import { BadParameter } from '@opengpu/sdk/kernels/bad-parameter';
import { BadTerm } from '@opengpu/sdk/protocol/bad-term';

/** What is wrong with what was typed, and where to show it; `form` when no field is to blame. */
export interface FieldError {
  field: string;
  message: string;
  /** Nothing was given yet, rather than something wrong. */
  missing?: boolean;
}

/** An error of the draft or of the terms as a sentence for its field. */
export function fieldErrorOf(error: unknown): FieldError {
  if (error instanceof BadParameter) {
    if (error.given === 'missing')
      return { field: error.field, message: `Still missing: ${error.allowed}.`, missing: true };
    return {
      field: error.field,
      message: `“${error.given || 'empty'}” does not work here. Allowed: ${error.allowed}.`,
    };
  }
  if (error instanceof BadTerm) return { field: error.field, message: error.message };
  return { field: 'form', message: error instanceof Error ? error.message : String(error) };
}
