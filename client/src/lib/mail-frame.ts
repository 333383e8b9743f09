import type { Attachment } from 'svelte/attachments';

interface Policy {
  createHTML: (html: string) => string;
}
/** Where the browser knows Trusted Types, only text of a named policy may become a document; nothing runs in this one. */
const policy: Policy = ('trustedTypes' in window
  ? (window.trustedTypes as { createPolicy: (name: string, policy: Policy) => Policy }).createPolicy('mail-preview', {
      createHTML: html => html,
    })
  : undefined) ?? { createHTML: html => html };

/** Shows a mail in its frame. Its links open nothing: they ask for a new window, which the frame may not open. */
export const mailFrame =
  (html: string): Attachment<HTMLIFrameElement> =>
  frame => {
    frame.srcdoc = policy.createHTML(html.replace('<head>', '<head><base target="_blank">'));
  };
