import { createContext, useContext } from 'react';

const SourceContext = createContext('');

/** Around a page's pictures: what their numbers were computed from, so that a saved picture can be traced. */
export const PictureSource = SourceContext.Provider;

/** "credit_data.csv; model.onnx; scenario …"; '' outside of a {@link PictureSource}. */
export function usePictureSource(): string {
  return useContext(SourceContext);
}
