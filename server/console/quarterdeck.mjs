#!/usr/bin/env node
import { console } from './console.ts';

await console(process.argv);
