import { test as app } from './app.ts';
import { startWork } from './settle.ts';

/** The server, and a worker that sends its mails to the file's `mailbox`. */
export const test = app.extend('work', { scope: 'file' }, async ({ database, redisUrl, server, mailbox }, { onCleanup }) => {
  const env = { SMTP_URL: mailbox.url, ALLOWED_PRIVATE_HOSTS: `127.0.0.1:${mailbox.port}` };
  const work = await startWork(database, redisUrl, { env, baseUrl: server.url });
  onCleanup(() => work.stop());
  return work;
});
