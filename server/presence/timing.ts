/** All in ms. */
export interface Timing {
  /** How long a process is believed after its last word. */
  lease: number;
  /** How often it renews its lease. */
  beat: number;
  /** With less of its lease left, a process has missed a beat: its people read "checking". A second of slack, for a busy moment. */
  doubt: number;
  /** A tab that was closed and returns within this was never gone: a reload, a blip. */
  grace: number;
  /** A tab that was not heard for this long has missed a heartbeat, which are 10 s apart. */
  silence: number;
  /** After Redis was away or emptied, the time in which all processes write themselves down again; until then nobody is judged by what is missing. */
  settle: number;
  /** How often tabs are looked over. */
  sweep: number;
  /** How often last-seen is handed on. */
  seen: number;
}

export const TIMING: Timing = {
  lease: 15_000,
  beat: 5000,
  doubt: 9000,
  grace: 5000,
  silence: 12_000,
  settle: 2500,
  sweep: 500,
  seen: 60_000,
};
