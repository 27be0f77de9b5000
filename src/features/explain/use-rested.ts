import { useEffect, useState } from 'react';

/** A value that has not changed for this long is at rest: what is dragged, stepped or clicked through is not. */
const REST_MS = 400;

/** The value as it was when it last came to rest; at first as it is. */
export function useRested<T>(value: T): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    if (Object.is(value, rested)) return;
    const timer = setTimeout(() => setRested(() => value), REST_MS);
    return () => clearTimeout(timer);
  }, [value, rested]);
  return rested;
}
