import { useEffect } from 'react';

/**
 * The document's title: page first, then what is open, so that tabs and history tell pages and tables apart.
 */
export function usePageTitle(pageName: string, tableName: string | null): void {
  useEffect(() => {
    document.title = [pageName, tableName, 'Cutline'].filter(Boolean).join(' · ');
  }, [pageName, tableName]);
}
