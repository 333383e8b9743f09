/** Nobody answers there: what would be asked on the internet is asked here, so that no test leaves this machine. */
export const NOWHERE = 'http://127.0.0.1:9/';
