import type { ButtonHTMLAttributes } from 'react';
import { classNames } from './class-names';

type Tone = 'safelight' | 'plain' | 'quiet' | 'fault';

const tones: Record<Tone, string> = {
  safelight:
    'bg-safelight text-on-safelight hover:brightness-108 active:brightness-95 disabled:bg-unexposed disabled:text-soft',
  plain:
    'border border-line-strong bg-sheet text-ink hover:bg-raised disabled:border-line disabled:text-soft',
  quiet:
    'text-ink underline decoration-line-strong underline-offset-4 hover:decoration-current disabled:text-soft',
  fault: 'border border-fault text-fault hover:bg-fault-wash disabled:border-line disabled:text-soft',
};

/** Classes of a button, for links that look like one. */
export function buttonClass(tone: Tone = 'plain', small = false): string {
  const size = small ? 'min-h-8 text-[13px]' : 'min-h-11 text-[15px]';
  const padding = tone === 'quiet' ? 'px-1' : small ? 'px-3' : 'px-5';
  return classNames(
    'inline-flex items-center justify-center gap-2 rounded-md font-medium select-none transition-[background-color,filter] disabled:cursor-not-allowed',
    size,
    padding,
    tones[tone],
  );
}

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  tone?: Tone;
  small?: boolean;
}

/** A button; `safelight` is the one main action of a view. */
export function Button({ tone, small, className, type = 'button', ...props }: ButtonProps) {
  return <button type={type} className={classNames(buttonClass(tone, small), className)} {...props} />;
}
