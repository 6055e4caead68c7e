/** Where somebody goes who has logged in at the Server: only to its own pages, and to those of Managers that it knows. */

const parsed = (text, base) => (URL.canParse(text, base) ? new URL(text, base) : null);

/** Where the reader was sent from when that is another site, as host and port, else null. */
export function sentFrom(wanted, here) {
  const address = wanted === '' ? null : parsed(wanted, here);
  return address === null || address.origin === new URL(here).origin ? null : address.host;
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Whether both are the same port of this machine, whatever it is called; browsers take the names for different sites. */
const sameHere = (one, other) => one.port === other.port && one.protocol === other.protocol && LOOPBACK.includes(one.hostname) && LOOPBACK.includes(other.hostname);

/**
 * @param wanted the address that was asked for; may be empty, relative or rubbish
 * @param here the address of the page
 * @param managers `{ name, url }` of those that the Server knows
 * @returns `{ href }`, or `{ unknown, managers }` with the origin that nobody is sent to and the addresses of the same page
 *     on each Manager that is known
 */
export function comeBack(wanted, here, managers) {
  const address = parsed(wanted, here);
  if (wanted === '' || address === null || !/^https?:$/.test(address.protocol)) {
    return { href: '/jobs' };
  }
  if (address.origin === new URL(here).origin) {
    return { href: address.href };
  }
  const known = managers.map(({ name, url }) => ({ name, url: parsed(url) })).filter(({ url }) => url !== null);
  if (known.some(({ url }) => url.origin === address.origin)) {
    return { href: address.href };
  }
  const there = (url) => new URL(address.pathname + address.search, url).href;
  const twin = known.find(({ url }) => sameHere(url, address));
  return twin ? { href: there(twin.url) } : { unknown: address.origin, managers: known.map(({ name, url }) => ({ name, url: there(url) })) };
}
