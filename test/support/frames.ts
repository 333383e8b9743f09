import type { Page } from 'playwright';
import { z } from 'zod';

/** `42["event", …]`: an Engine.IO message with a Socket.IO event. */
const told = z.tuple([z.string()], z.unknown());
const refreshed = z.array(z.object({ id: z.string() }));

/** Each frame that a page was sent by its sockets, as it came by the wire. */
export class Frames {
  readonly all: string[] = [];

  /** @param page that has not opened yet */
  static of(page: Page): Frames {
    const frames = new Frames();
    page.on('websocket', socket => socket.on('framereceived', ({ payload }) => void frames.all.push(payload.toString())));
    return frames;
  }

  holds(words: string): boolean {
    return this.all.some(frame => frame.includes(words));
  }

  /** What was said, in order: the event and what came with it. */
  get said(): [string, ...unknown[]][] {
    return this.all.filter(frame => frame.startsWith('42')).map(frame => told.parse(JSON.parse(frame.slice(2))));
  }

  /** Whose figures were sent, by the widgets' ids. */
  get widgets(): string[] {
    return this.said.flatMap(([event, figures]) => (event === 'widgets:refreshed' ? refreshed.parse(figures).map(({ id }) => id) : []));
  }
}
