/**
 * What can be done right now, as the parts on screen offer it: the command palette lists it and the keyboard runs it. A
 * part offers its commands while it is shown and takes them back when it goes.
 */
import { create } from 'zustand';

export interface Command {
  /** Stable from visit to visit: recent commands are remembered by it, and shortcuts name it. */
  readonly id: string;
  /** The heading it stands under: "Threshold". */
  readonly group: string;
  /** What happens, as on a button. */
  readonly label: string;
  /** The value it would set, or what it is about. */
  readonly detail?: string;
  /** Other words a person may look for. */
  readonly words?: string;
  readonly run: () => void;
}

export interface Offer {
  readonly commands: readonly Command[];
  /** What a typed number would do here; null when it is out of range. */
  readonly ofNumber?: (value: number) => Command | null;
}

const useOffers = create<readonly Offer[]>()(() => []);

/** Adds to what the palette lists; answers a function that takes it back. */
export function offerCommands(offer: Offer): () => void {
  useOffers.setState((offers) => [...offers, offer], true);
  return () => useOffers.setState((offers) => offers.filter((other) => other !== offer), true);
}

/** Everything that is offered, followed as it changes. */
export function useOfferedCommands(): readonly Offer[] {
  return useOffers();
}

/** Everything that is offered at this moment. */
export function offeredCommands(): readonly Offer[] {
  return useOffers.getState();
}

/** How long a page may take to offer what was asked of it, in ms: it is loaded and drawn first. */
const OFFER_MS = 3000;

/** Runs a command as soon as it is offered, for what another page has to do; forgets it when that page does not. */
export function runOnceOffered(id: string): void {
  const stop = useOffers.subscribe((offers) => {
    const command = offers.flatMap(({ commands }) => commands).find((one) => one.id === id);
    if (command === undefined) return;
    stop();
    command.run();
  });
  setTimeout(stop, OFFER_MS);
}
