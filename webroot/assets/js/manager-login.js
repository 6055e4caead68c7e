/** Logging in at the Manager: with the key of a printed link, through the Server, or with a key that is typed. */
import { askForToken } from './token.js';

/** The Server has no token for who is not logged in there. */
const NOT_LOGGED_IN = 403;
const NO_SERVER = 404;
const AGAIN_AFTER_MS = 60_000;
const DAY_SECONDS = 86_400;
/** Under which name this browser keeps the name of the cookie. */
const KEPT = 'token-cookie';

async function tokenUrls() {
  const response = await fetch(`/jwt/token-urls?place=${encodeURIComponent(location.pathname)}`);
  return response.ok ? response.json() : response.status === NO_SERVER ? null : Promise.reject(new Error(response.statusText));
}

/** The claims within a token; its signature is for the Manager to check. */
const claims = (token) => JSON.parse(atob(token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')));

const encrypted = location.protocol === 'https:';
const secure = encrypted ? '; secure' : '';

/**
 * As in the Flamenco 2 protocol, under a name of its own for each Manager, since they may share a host; over HTTPS under one
 * that only this host may set.
 */
function keep(token) {
  const own = `jwtToken_${claims(token).aud}`;
  const name = encrypted ? `__Host-${own}` : own;
  document.cookie = `${name}=${token}; path=/; max-age=${DAY_SECONDS}; samesite=strict${secure}`;
  localStorage.setItem(KEPT, name);
}

/** Forgets the token of this Manager. */
export function forget() {
  document.cookie = `${localStorage.getItem(KEPT)}=; path=/; max-age=0; samesite=strict${secure}`;
  localStorage.removeItem(KEPT);
}

/** Whether the Server gave a token; sends the reader there to log in when it wants that. */
async function throughServer() {
  const urls = await tokenUrls();
  if (urls === null) {
    return false;
  }
  const response = await fetch(urls.tokenURL, { credentials: 'include' });
  if (response.status === NOT_LOGGED_IN && !justTried()) {
    location.assign(urls.loginURL);
    await new Promise(() => {});
  }
  if (response.ok) {
    keep(await response.text());
  }
  return response.ok;
}

/** A browser that keeps the Server's session from our pages, being on another site, must not be sent to and fro for ever. */
function justTried() {
  const tried = Number(sessionStorage.getItem('login-tried') ?? 0);
  sessionStorage.setItem('login-tried', String(Date.now()));
  return Date.now() - tried < AGAIN_AFTER_MS;
}

async function withKey(key) {
  const response = await fetch('/api/v1/login', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ key }) });
  return response.ok;
}

async function attempt(message) {
  if (await throughServer().catch(() => false)) {
    return true;
  }
  while (await askForToken(message)) {
    const given = sessionStorage.getItem('api-token');
    sessionStorage.removeItem('api-token');
    if (await withKey(given).catch(() => false)) {
      return true;
    }
  }
  return false;
}

let running = null;

/**
 * Logs the reader in; all who ask at the same time wait for the same attempt.
 *
 * @param message why it is needed
 * @returns whether they are logged in now
 */
export function logIn(message) {
  running ??= attempt(message).finally(() => { running = null; });
  return running;
}

/** The key in the address of a printed link is used before anything else, and does not stay in the address. */
export async function arrive() {
  const key = new URLSearchParams(location.hash.slice(1)).get('key');
  if (key !== null) {
    history.replaceState(null, '', location.pathname + location.search);
    await withKey(key).catch(() => false);
  }
}
