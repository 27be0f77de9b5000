import { Component, type ReactNode } from 'react';
import { isCutlineError } from '../../core/errors.ts';
import { Button } from '../../design/Button.tsx';
import { ErrorPanel } from '../../design/ErrorPanel.tsx';

interface ViewBoundaryProps {
  readonly children: ReactNode;
}

interface ViewBoundaryState {
  readonly error: unknown;
}

/** Catches what one part of the page throws while it is drawn or loaded: the answer above it and the other parts stay. */
export class ViewBoundary extends Component<ViewBoundaryProps, ViewBoundaryState> {
  override state: ViewBoundaryState = { error: null };

  static getDerivedStateFromError(error: unknown): ViewBoundaryState {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const message = error instanceof Error ? error.message : String(error);
    return (
      <div className="py-4">
        <ErrorPanel
          title="This part could not be drawn"
          message={message}
          advice={
            isCutlineError(error)
              ? error.advice
              : 'The rest of the page still answers. Draw this part again, or reload the page.'
          }
          details={error instanceof Error ? (error.stack ?? message) : message}
          actions={<Button onPress={() => this.setState({ error: null })}>Draw this part again</Button>}
        />
      </div>
    );
  }
}
