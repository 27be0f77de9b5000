import { useLocation } from 'wouter';
import { RegistryPage } from '../features/registry/RegistryPage.tsx';
import { openFiles } from '../features/workspace/open-files.ts';
import { reopenLink } from '../features/workspace/reopen-link.ts';
import { decodeFragment } from '../state/fragment-codec.ts';

/** `/registry`. Default export because the route is loaded lazily. */
export default function RegistryRoute() {
  const [, navigate] = useLocation();
  return (
    <RegistryPage
      onReopen={(fragment) => {
        reopenLink(decodeFragment(fragment));
        navigate(fragment.includes('threshold=') ? '/thresholds' : '/');
      }}
      onFiles={(files) => {
        void openFiles(files);
        navigate('/');
      }}
    />
  );
}
