/** The mark: five blades, lit by the share of awake workers that are at work. */
import { h, watch } from './vue.js';

const BLADES = [
  'M9.1 18.9L-0.4 18.2A14.5 14.5 0 0 1 2.1 11.7L9.7 17.5Z',
  'M10.6 16.4L3.1 10.4A14.5 14.5 0 0 1 8.9 6.4L11.8 15.5Z',
  'M13.2 15.1L10.4 5.9A14.5 14.5 0 0 1 17.5 5.9L14.8 15.1Z',
  'M16.1 15.5L19.0 6.4A14.5 14.5 0 0 1 24.8 10.3L17.4 16.3Z',
  'M18.3 17.5L25.8 11.6A14.5 14.5 0 0 1 28.4 18.1L18.9 18.9Z',
];

const lit = (share) => (share <= 0 ? 0 : Math.min(5, Math.ceil(share * 5)));

export const fan = (share) => h('svg', { class: 'fan', viewBox: '0 0 28 28', 'aria-hidden': 'true' }, [
  ...BLADES.map((d, index) => h('path', { class: index < lit(share) ? 'lit' : undefined, d })),
  h('circle', { cx: 14, cy: 20, r: 2 }),
]);

/** Keeps the tab's icon in step with the share. */
export function fanInTab(share) {
  watch(() => lit(share()), (number) => {
    const blades = BLADES.map((d, index) => `<path fill="${index < number ? '#d08a12' : '#857c6f'}" opacity="${index < number ? 1 : 0.45}" d="${d}"/>`);
    const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 28 28">${blades.join('')}<circle fill="#857c6f" cx="14" cy="20" r="2"/></svg>`;
    document.querySelector('link[rel=icon]').href = `data:image/svg+xml,${encodeURIComponent(picture)}`;
  }, { immediate: true });
}
