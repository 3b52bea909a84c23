'use client';

import { useSearchParams } from 'next/navigation';
import { type BoardQuery, boardQueryString, parseBoardQuery } from './board-query';

/** The board's query, which lives in the URL: a reload or a sent link shows the same. */
export function useBoardQuery(): [BoardQuery, (change: Partial<BoardQuery>) => void] {
  const query = parseBoardQuery(new URLSearchParams(useSearchParams()));
  function change(part: Partial<BoardQuery>) {
    const text = boardQueryString({ ...query, ...part });
    // Next follows the History API; its router would ask the server.
    window.history.replaceState(null, '', text ? `?${text}` : window.location.pathname);
  }
  return [query, change];
}
