'use client';

import { useEffect, useRef } from 'react';

interface PixelCanvasProps {
  /** RGBA, row after row, 4 bytes a pixel. */
  rgba: Uint8Array;
  width: number;
  height: number;
  /** What it shows; empty for decoration. */
  label: string;
  className?: string;
}

/** Pixels drawn from bytes: never a file or markup of a stranger. */
export function PixelCanvas({ rgba, width, height, label, className }: PixelCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  // Synchronises the canvas with the bytes.
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || rgba.length === 0 || rgba.length !== 4 * width * height) return;
    context.putImageData(new ImageData(new Uint8ClampedArray(rgba), width, height), 0, 0);
  }, [rgba, width, height]);
  return (
    <canvas
      ref={canvas}
      width={width}
      height={height}
      role={label ? 'img' : 'presentation'}
      aria-label={label || undefined}
      className={className}
    />
  );
}
