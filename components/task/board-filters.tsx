'use client';

import { models } from '@opengpu/sdk/protocol/task';
import { Select } from '@/components/ui/select';
import type { BoardQuery } from './board-query';
import { modelNames } from './task-words';

/** Models that this version of the market serves. */
const served = models.filter((model) => model === 'firstResponse' || model === 'manualConfirmation');

interface BoardFiltersProps {
  query: BoardQuery;
  onChange(change: Partial<BoardQuery>): void;
}

/** What the board shows and in which order. */
export function BoardFilters({ query, onChange }: BoardFiltersProps) {
  return (
    <search className="grid grid-cols-2 gap-2 sm:flex sm:flex-wrap sm:items-center">
      <input
        type="search"
        aria-label="Search by name, id or address"
        placeholder="Name, id or address"
        value={query.text}
        maxLength={80}
        onChange={(event) => onChange({ text: event.target.value })}
        className="col-span-2 min-h-9 rounded-md border border-line-strong bg-raised px-3 text-[14px] placeholder:text-soft sm:w-64"
      />
      <Select
        label="Which tasks"
        value={query.show}
        onChange={(show) => onChange({ show })}
        options={[
          { value: 'all', label: 'All tasks' },
          { value: 'open', label: 'Open tasks' },
          { value: 'ended', label: 'Ended tasks' },
          { value: 'mine', label: 'My tasks' },
        ]}
      />
      <Select
        label="Kernel"
        value={query.kernel}
        onChange={(kernel) => onChange({ kernel })}
        options={[
          { value: 'any', label: 'Every kernel' },
          { value: 'fractal', label: 'Fractal' },
          { value: 'photo', label: 'Photo filter' },
          { value: 'search', label: 'Address search' },
          { value: 'other', label: 'Other kernels' },
        ]}
      />
      <Select
        label="Competition model"
        value={query.model}
        onChange={(model) => onChange({ model })}
        options={[
          { value: 'any', label: 'Every model' },
          ...served.map((value) => ({ value, label: modelNames[value] })),
        ]}
      />
      <Select
        label="Order"
        value={query.sort}
        onChange={(sort) => onChange({ sort })}
        options={[
          { value: 'newest', label: 'Newest first' },
          { value: 'price', label: 'Highest price' },
          { value: 'ending', label: 'Ending soon' },
          { value: 'progress', label: 'Most complete' },
        ]}
      />
    </search>
  );
}
