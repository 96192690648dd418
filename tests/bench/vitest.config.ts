import { defineConfig, mergeConfig } from 'vitest/config';
import base from '../../vite.config.ts';

/** What is measured within the server's own process. */
const config = mergeConfig(base, defineConfig({}));
config.test = { ...config.test, include: ['tests/bench/revocation.ts'] };

export default config;
