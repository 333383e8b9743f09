/** What an event is called, and one sentence about it without the actor's name, for each event of a list. */
export type EventWords<Kinds extends Record<string, { title: (facts: never) => string }>> = {
  [Type in keyof Kinds]: { label: string; title: Kinds[Type]['title'] };
};
