import { z } from 'zod';
import { composeMail } from '../mail-layout.ts';
import type { FinishedMail } from '../system-mail.ts';
import { later, say } from '../../words/say.ts';
import { checkDkim, privateKeyOf } from './_dkim.ts';
import { type Message, type ProviderTools, type Step, provider } from './_provider.ts';
import { type SmtpSettings, checkSmtp, domainOf, explainSmtp, smtpOfUrl, smtpTransport } from './_smtp.ts';

const address = z.email(later('This is not an email address.')).max(254);
/** Also a bare host, such as localhost, which `z.email()` takes for a slip. */
const SENDER = /^[\w.+-]{1,64}@[A-Za-z0-9.-]{1,189}$/;
const word = (most: number) => z.string().trim().min(1).max(most);

const settings = z.strictObject({
  host: word(253)
    .regex(/^[\w.:[\]-]+$/, later('A host’s name, without smtp:// and without a port.'))
    .meta({ title: later('Server'), description: later('Such as smtp.example.org. Another server needs the password anew.') }),
  port: z
    .int()
    .min(1)
    .max(65_535)
    .default(587)
    .meta({ title: later('Port') }),
  security: z
    .enum(['starttls', 'tls', 'none'])
    .default('starttls')
    .meta({
      title: later('Security'),
      description: later('starttls as a rule on port 587, tls on 465; none only for hosts the operator allowed.'),
    }),
  user: word(254)
    .optional()
    .meta({ title: later('User name'), description: later('Empty where the server asks for none.') }),
  password: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .meta({ title: later('Password'), secret: true }),
  fromName: word(100)
    .optional()
    .meta({ title: later('Sender’s name'), description: later('The organisation’s name where it is empty.') }),
  fromAddress: z
    .string()
    .trim()
    .regex(SENDER, later('This is not an email address.'))
    .meta({ title: later('Sender’s address') }),
  dkimSelector: word(63)
    .regex(/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/, later('Letters, digits, dots and dashes.'))
    .optional()
    .meta({
      title: later('DKIM selector'),
      description: later('Under which the key stands in the DNS of the sender’s domain. Empty where the server signs itself.'),
    }),
  dkimKey: z
    .string()
    .max(8000)
    .refine(pem => privateKeyOf(pem) !== undefined, later('This is not a private RSA key in PEM.'))
    .optional()
    .meta({ title: later('DKIM key'), description: later('The private RSA key, as PEM.'), secret: true, multiline: true }),
});
const target = z.strictObject({ address: address.meta({ title: later('Email address') }) });

const CLEAR = later('Mail in clear is only for hosts the operator allowed.');

/** The mail itself: a ready one as it is, a rule's message laid out. */
function contentOf(message: Message, to: string): FinishedMail {
  if (message.mail) return message.mail;
  const { organisation, title, text, facts, link, footer } = message;
  const paragraphs = text === title ? [] : [text];
  const laidOut = composeMail({ organisation, title, paragraphs, facts, footer, ...(link && { action: link }) });
  return { to: { address: to }, subject: title.replaceAll(/\s+/g, ' '), ...laidOut };
}

/** Whose name stands at the mail. */
const senderOf = (message: Message, smtp: Pick<SmtpSettings, 'fromName'> | undefined): string => smtp?.fromName ?? message.organisation;

async function send(message: Message, smtp: SmtpSettings, to: string, tools: ProviderTools): Promise<string> {
  const mail = contentOf(message, to);
  const transport = smtpTransport(smtp, tools);
  try {
    const { response } = await transport.sendMail({
      from: { name: senderOf(message, smtp), address: smtp.fromAddress },
      to: { name: mail.to.name ?? '', address: mail.to.address },
      // whom it really goes to is said apart, so that no header can add anybody
      envelope: { from: smtp.fromAddress, to: [mail.to.address] },
      subject: mail.subject,
      html: mail.html,
      text: mail.text,
      messageId: `<${message.deliveryId}@${domainOf(smtp.fromAddress)}>`,
      ...(mail.unsubscribe !== undefined && { list: { unsubscribe: mail.unsubscribe } }),
      headers: { 'X-Notification-Id': message.deliveryId, 'Auto-Submitted': 'auto-generated' },
    });
    return response;
  } catch (error) {
    throw explainSmtp(error);
  } finally {
    transport.close();
  }
}

function signature({ fromAddress, dkimSelector: selector, dkimKey: key }: SmtpSettings, { outbound }: ProviderTools): Promise<Step> {
  if (selector !== undefined && key !== undefined) return checkDkim({ domain: domainOf(fromAddress), selector, key }, outbound);
  return Promise.resolve({ label: say('Signature'), state: 'bad', detail: say('DKIM needs both a selector and a key.') });
}

export default provider({
  id: 'email',
  label: 'Email',
  description: later('Sends through your own mail server. Invitations and other mails of the product go this way too.'),
  settings,
  target,
  embedded: later('Messages are kept in Quarterdeck until a mail server is set. Those who may read kept mail find them there.'),
  fallback: ({ smtpUrl, baseUrl }) => (smtpUrl === undefined ? undefined : settings.parse(smtpOfUrl(smtpUrl, baseUrl))),
  sentTo: ({ host, port, security }) => `${String(security)} ${String(host)}:${String(port)}`,
  check: async (smtp, tools) => {
    if (smtp.security === 'none' && !tools.outbound.isAllowed(smtp.host, smtp.port))
      return [{ label: say('Protection'), state: 'bad', detail: CLEAR }];
    const steps = await checkSmtp(smtp, tools);
    if (smtp.dkimSelector === undefined && smtp.dkimKey === undefined) return steps;
    return [...steps, await signature(smtp, tools)];
  },
  show: (message, to, smtp) => {
    const { subject, html, text } = contentOf(message, to.address);
    const name = senderOf(message, smtp);
    return { as: 'mail', from: smtp ? `${name} <${smtp.fromAddress}>` : name, subject, html, text };
  },
  describe: to => Promise.resolve(to.address),
  send: (message, smtp, to, tools) => send(message, smtp, to.address, tools),
});
