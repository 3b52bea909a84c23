import { DevelopmentProvider } from './development-provider';

/** Account index in anvil's mnemonic and the role it plays; the letter is its icon. */
const roles = [
  { index: 1, name: 'Development client', rdns: 'org.opengpu.development.client', tile: 4 },
  { index: 2, name: 'Development provider', rdns: 'org.opengpu.development.provider', tile: 0 },
  { index: 3, name: 'Development staker', rdns: 'org.opengpu.development.staker', tile: 8 },
] as const;

/** Announces one EIP-6963 wallet a role and answers every later request for announcements. */
export function announceDevelopmentWallets(): void {
  const details = roles.map(({ index, name, rdns, tile }) =>
    Object.freeze({
      info: Object.freeze({
        uuid: `00000000-0000-4000-8000-00000000000${index}`,
        name,
        rdns,
        icon: icon(tile),
      }),
      provider: new DevelopmentProvider(index),
    }),
  );
  const announce = () => {
    for (const detail of details) {
      window.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail }));
    }
  };
  window.addEventListener('eip6963:requestProvider', announce);
  announce();
}

/** Nine tiles, one of them lit. */
function icon(lit: number): `data:image/svg+xml,${string}` {
  const tiles = Array.from({ length: 9 }, (_, i) => {
    const x = 4 + (i % 3) * 8.5;
    const y = 4 + Math.floor(i / 3) * 8.5;
    return `<rect x="${x}" y="${y}" width="7" height="7" fill="${i === lit ? '#ff9e2c' : '#4a4038'}"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" fill="#13100e"/>${tiles.join('')}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
