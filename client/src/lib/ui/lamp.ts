/** ● ok  ▲ warn  ■ bad  ○ idle or unknown  ◐ busy */
export type LampState = 'ok' | 'warn' | 'bad' | 'idle' | 'busy';
