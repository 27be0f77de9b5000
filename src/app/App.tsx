import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { I18nProvider } from 'react-aria-components';
import { Router } from 'wouter';
import { useFragmentLocation } from './fragment-location.ts';
import { Routes } from './Routes.tsx';
import { Shell } from './Shell.tsx';

/** Providers around the frame around the page. Numbers and fields follow the browser's locale. */
export function App({ queryClient }: { readonly queryClient: QueryClient }) {
  return (
    <QueryClientProvider client={queryClient}>
      <I18nProvider locale={navigator.language}>
        <Router hook={useFragmentLocation}>
          <Shell>
            <Routes />
          </Shell>
        </Router>
      </I18nProvider>
    </QueryClientProvider>
  );
}
