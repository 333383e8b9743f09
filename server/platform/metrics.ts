import { Counter, Gauge, Registry } from 'prom-client';

/** Everything this process measures, in one place: `/metrics` shows it, tests read exact counts from it. */
export const registry = new Registry();

const registers = [registry];

export const live = {
  encodes: new Counter({ name: 'quarterdeck_live_encodes_total', help: 'Packets for browsers made into text', registers }),
  frames: new Counter({ name: 'quarterdeck_live_frames_total', help: 'WebSocket frames built for a room', registers }),
  broadcasts: new Counter({
    name: 'quarterdeck_live_broadcasts_total',
    help: 'Packets published for browsers',
    labelNames: ['event'],
    registers,
  }),
  dropped: new Counter({ name: 'quarterdeck_live_dropped_total', help: 'Packets not published because Redis was away', registers }),
  deliveries: new Counter({
    name: 'quarterdeck_live_deliveries_total',
    help: 'Packets handed to sockets, by way: direct to TCP, or queued in engine.io',
    labelNames: ['path'],
    registers,
  }),
  resyncs: new Counter({ name: 'quarterdeck_live_resyncs_total', help: 'Times sockets were asked to read again', registers }),
  sockets: new Gauge({ name: 'quarterdeck_live_sockets', help: 'Open sockets', registers }),
  refusals: new Counter({
    name: 'quarterdeck_live_refusals_total',
    help: 'Handshakes refused at the door',
    labelNames: ['reason'],
    registers,
  }),
  directPath: new Gauge({
    name: 'quarterdeck_live_direct_path',
    help: '1 when frames go straight to TCP, 0 when the libraries beneath have changed too much for it',
    registers,
  }),
};

export const presence = {
  broadcasts: new Counter({ name: 'quarterdeck_presence_broadcasts_total', help: 'Differences of the roster published', registers }),
  commands: new Counter({ name: 'quarterdeck_presence_redis_commands_total', help: 'Commands sent to Redis for presence', registers }),
};

export const widgets = {
  loads: new Counter({
    name: 'quarterdeck_widget_loads_total',
    help: 'Times a widget was loaded',
    labelNames: ['widget'],
    registers,
  }),
  publishes: new Counter({
    name: 'quarterdeck_widget_publishes_total',
    help: 'Times a snapshot of a widget was sent',
    labelNames: ['widget'],
    registers,
  }),
};

/** In the text format of Prometheus. */
export const metricsText = (): Promise<string> => registry.metrics();
