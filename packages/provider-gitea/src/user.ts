import type { CallOptions } from '@anyforge/core';
import type { Get } from './api.js';
import type { UserWire } from './wire.js';
import { userWire } from './wire.js';

/** @see https://docs.gitea.com/api/ `GET /user` */
export async function readUser(get: Get, call: CallOptions): Promise<UserWire> {
  const { data } = await get({ what: 'the signed-in user', path: '/user', schema: userWire }, call);
  return data;
}
