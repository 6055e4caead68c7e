/** What a browser calls itself, in the words that people use. */

const BROWSERS = [['Edg/', 'Edge'], ['OPR/', 'Opera'], ['Firefox/', 'Firefox'], ['Chrome/', 'Chrome'], ['Safari/', 'Safari']];
const SYSTEMS = [['Android', 'Android'], ['iPhone', 'iPhone'], ['iPad', 'iPad'], ['Windows', 'Windows'], ['Mac OS X', 'macOS'], ['CrOS', 'ChromeOS'], ['Linux', 'Linux']];

const known = (agent, names) => names.find(([sign]) => agent.includes(sign))?.[1];

/** Browser and system, as far as they are known; else the first word of what it says, which tools put their name into. */
export function browserName(agent) {
  const names = [known(agent, BROWSERS), known(agent, SYSTEMS)].filter((name) => name !== undefined);
  return names.length > 0 ? names.join(', ') : agent.split(' ')[0];
}
