'use client';

import { fractalTemplate } from '@opengpu/sdk/kernels/templates/fractal/template';
import { photoTemplate } from '@opengpu/sdk/kernels/templates/photo/template';
import { searchTemplate } from '@opengpu/sdk/kernels/templates/search/template';
import { RadioGroup } from 'radix-ui';
import type { TemplateId } from './publish-values';
import { TemplatePicture } from './template-picture';

const templates = [fractalTemplate, photoTemplate, searchTemplate];

interface TemplateGalleryProps {
  value: TemplateId;
  onChange(template: TemplateId): void;
}

/** Three kinds of real work, each with what it looks like. */
export function TemplateGallery({ value, onChange }: TemplateGalleryProps) {
  return (
    <RadioGroup.Root
      aria-label="Template"
      value={value}
      onValueChange={(chosen) => onChange(chosen as TemplateId)}
      className="grid gap-4 sm:grid-cols-3"
    >
      {templates.map(({ id, title, summary }) => (
        <RadioGroup.Item
          key={id}
          value={id}
          aria-label={title}
          className="group grid grid-cols-[96px_1fr] content-start gap-x-4 gap-y-3 border border-line bg-sheet p-3 text-left hover:border-line-strong data-[state=checked]:border-safelight data-[state=checked]:shadow-[inset_0_3px_0_var(--safelight)] sm:grid-cols-1"
        >
          <TemplatePicture template={id} />
          <span className="grid content-start gap-1">
            <span className="text-[16px] font-semibold">{title}</span>
            <span className="text-[13px] leading-5 text-soft">{summary}</span>
          </span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
