/** What one's own notes say. */
export const notes = {
  title: 'My notes',
  placeholder: 'Write anything. It is saved as you type, and nobody else sees it.',
  states: { saved: 'Saved', typing: 'Not saved yet', saving: 'Saving…', failed: 'Not saved' },
  notSaved: (why: string) => `Not saved: ${why} It is tried again.`,
  conflict: 'These notes were changed in another window.',
  takeTheirs: 'Show what stands there',
  keepMine: 'Save mine over it',
};
